// Ratings of outlets are decisions; ties between outlets are drawn from their table.

import { decide } from "./api.js";
import { drawGraph } from "./graph.js";
import { onChange } from "./live.js";
import { onParts, swap } from "./parts.js";
import { toast, tried } from "./toast.js";

const PARTS = ["outlets", "count", "net"];

/** @param {HTMLSelectElement} field */
async function rate(field) {
  const { outlet, decision } = field.dataset;
  if (!outlet) return;
  if (field.value) {
    const made = await decide({ act: "rate", outlet, rating: field.value, why: "" });
    toast(`${outlet} is rated ${field.value}.`, { undo: () => tried(() => undo(made.id)) });
  } else if (decision) {
    await undo(decision);
    return;
  }
  await swap(PARTS);
}

/** @param {string} decision */
async function undo(decision) {
  await decide({ act: "undo", decision, why: "" });
  toast("The rating is taken back.");
  await swap(PARTS);
}

document.addEventListener("change", (e) => {
  const field = e.target;
  if (!(field instanceof HTMLSelectElement) || !field.matches(".rating")) return;
  // What was refused does not stay on show.
  tried(() => rate(field)).then(() => swap(PARTS).catch(() => undefined));
});

function draw() {
  const box = document.querySelector("#graph");
  if (!(box instanceof HTMLElement)) return;
  const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll("#net tr[data-from]")]);
  drawGraph(box, rows.map((r) => ({
    from: r.dataset["from"] ?? "",
    to: r.dataset["to"] ?? "",
    times: Number(r.dataset["times"]),
    kind: r.dataset["copies"] ? "copies" : "takes",
  })));
}

onChange(() => swap(PARTS).catch(() => undefined));
onParts((ids) => ids.includes("net") && draw());
draw();
