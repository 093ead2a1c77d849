// An incident: values and words light each other; keys and buttons decide; what others decide shows at once.

import { afterwards, here, make, open, renew, reveal, undo } from "./acts.js";
import { bind } from "./keys.js";
import { onChange } from "./live.js";
import { onParts, swap } from "./parts.js";
import { tried } from "./toast.js";
import "./light.js";

reveal();
onParts(reveal);

/** Merges the two that stand side by side; on a page of one incident it asks for the other. */
function merge() {
  const other = document.querySelector("[data-other]")?.getAttribute("data-other");
  if (other) tried(() => make({ act: "merge", incidents: [here(), other] }));
  else open("merge");
}

bind("m", "Merge with another incident", merge);
document.addEventListener("click", (e) => e.target instanceof Element && e.target.closest("[data-merges]") && merge());
for (const [key, act, what] of /** @type {const} */ ([
  ["s", "split", "Take accounts out"],
  ["c", "correct", "Correct a value"],
  ["d", "dismiss", "Dismiss"],
  ["n", "note", "Write a note"],
])) {
  bind(key, what, () => open(act));
}
bind("u", "Undo your last decision", () => tried(() => undo()));

afterwards(async ({ act, now }) => {
  // Taking back names no incident: this one is looked up anew, under whatever id it bears then.
  const id = act === "undo" || now.includes(here()) ? here() : now[0];
  const at = document.querySelector("#incident");
  // What tells of no incident any more stays to be seen, faintly, until it is left or restored.
  at?.classList.toggle("gone", !id);
  if (!id) return;
  await fresh(`/incidents/${id}`);
  if (location.pathname !== `/incidents/${here()}`) history.pushState(null, "", `/incidents/${here()}`);
});

/** Fetches the incident anew. @param {string} [address] */
async function fresh(address) {
  const page = await swap(["incident"], address);
  renew(page);
  document.title = page.title;
}

onChange(() => {
  if (!document.querySelector("#incident.gone")) fresh().catch(() => undefined);
});
addEventListener("popstate", () => tried(() => fresh()));

// Choosing a rule takes no button.
document.addEventListener("change", (e) => {
  if (e.target instanceof HTMLSelectElement && e.target.id === "rules") e.target.form?.requestSubmit();
});
