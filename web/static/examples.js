// The invented examples that the program brings along, read into this archive.

import { send } from "./api.js";

/** Reads them, in the background like all that is read. */
export const readExamples = () => send("imports/examples");
