// Files in: dropped or chosen, sent in parts, read by the server. Tables with their maps, and decisions.

import { send } from "./api.js";
import { dropped, picked } from "./drop.js";
import { readExamples } from "./examples.js";
import { showJobs } from "./jobs.js";
import { sending } from "./sending.js";
import { toast, tried } from "./toast.js";

/** @typedef {import("./drop.js").Found} Found */

const box = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const fill = showJobs(box("jobs"));
const drop = box("drop");
const bar = box("sending");

/** Sends files and shows how far it is. @param {Found[]} found */
async function take(found) {
  if (found.length === 0) {
    toast("There is no file among that.", { bad: true });
    return;
  }
  const words = bar.querySelector("p");
  const progress = bar.querySelector("progress");
  const button = bar.querySelector("button");
  if (!words || !progress || !button) return;
  bar.hidden = false;
  const count = found.length === 1 ? "1 file" : `${found.length.toLocaleString("en")} files`;
  const work = sending(found, (sent, of) => {
    progress.value = of > 0 ? Math.min(1, sent / of) : 1;
    words.textContent = `Sending ${count}: ${size(sent)} of ${size(of)}`;
  });
  words.textContent = `Sending ${count}`;
  progress.value = 0;
  const go = async () => {
    button.textContent = "Stop sending";
    button.onclick = () => work.stop();
    const all = await tried(() => work.go());
    await tried(fill);
    if (all) {
      bar.hidden = true;
      return;
    }
    words.textContent += ", stopped";
    button.textContent = "Go on";
    button.onclick = go;
  };
  await go();
}

/** @param {number} bytes */
function size(bytes) {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

// Who leaves while files are sent is asked first.
window.addEventListener("beforeunload", (e) => {
  if (!bar.hidden) e.preventDefault();
});

// The whole page takes a drop: who misses the field does not lose the page to the file.
document.addEventListener("dragover", (e) => {
  e.preventDefault();
  drop.classList.add("over");
});
document.addEventListener("dragleave", (e) => {
  if (!e.relatedTarget) drop.classList.remove("over");
});
document.addEventListener("drop", async (e) => {
  e.preventDefault();
  drop.classList.remove("over");
  if (e.dataTransfer) await take(await dropped(e.dataTransfer));
});
for (const id of ["files", "folder"]) {
  const field = /** @type {HTMLInputElement} */ (box(id));
  field.addEventListener("change", async () => {
    const found = picked(field);
    field.value = "";
    await take(found);
  });
}

box("table").addEventListener("submit", (e) => {
  e.preventDefault();
  const form = /** @type {HTMLFormElement} */ (e.target);
  const [table, map] = ["table", "map"].map((name) => new FormData(form).get(name));
  if (!(table instanceof File) || !(map instanceof File)) return;
  const parts = new FormData();
  // The server finds a map by its ending.
  parts.append("file", table, /\.csv$/i.test(table.name) ? table.name : `${table.name}.csv`);
  parts.append("file", map, /\.map$/i.test(map.name) ? map.name : `${map.name}.map`);
  if (new FormData(form).has("skip")) parts.append("skip", "true");
  tried(async () => {
    await send("imports", parts);
    form.reset();
    await fill();
    toast("The table was sent. What comes of it stands under Reading.");
  });
});

box("decisions").addEventListener("change", (e) => {
  const field = e.target;
  const file = field instanceof HTMLInputElement ? field.files?.[0] : undefined;
  if (!(field instanceof HTMLInputElement) || !file) return;
  tried(async () => {
    const taken = await send("decisions/import", await file.text());
    toast(`${taken.new} ${taken.new === 1 ? "decision" : "decisions"} taken in, ${taken.known} already known.`);
  }).then(() => (field.value = ""));
});

document.querySelector("[data-examples]")?.addEventListener("click", () => tried(async () => (await readExamples(), await fill())));
