// An empty archive: the examples are one press away, and the page shows itself when something was read.

import { readExamples } from "./examples.js";
import { onChange, onEnded } from "./live.js";
import { toast, tried } from "./toast.js";

document.querySelector("[data-examples]")?.addEventListener("click", () =>
  tried(async () => {
    await readExamples();
    toast("The examples are being read.");
  }),
);
onEnded(() => location.reload());
onChange(() => location.reload());
