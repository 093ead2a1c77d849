// Values and the words they were read from light each other: what shares a mark (`data-v`) is lit together, whichever of them
// one points at, taps or reaches with the keyboard.

/** @type {Set<Element>} */
const lit = new Set();

/** @param {Element | null} from what one points at, or nothing */
function light(from) {
  for (const e of lit) e.classList.remove("lit");
  lit.clear();
  if (!from) return;
  const root = from.closest("[data-lights]") ?? document;
  for (const mark of marks(from)) {
    for (const e of root.querySelectorAll(`[data-v~="${CSS.escape(mark)}"]`)) lit.add(e);
  }
  for (const e of lit) e.classList.add("lit");
}

/** @param {Element} of */
const marks = (of) => (of.getAttribute("data-v") ?? "").split(" ").filter(Boolean);

/** @param {EventTarget | null} at */
const bearer = (at) => (at instanceof Element ? at.closest("[data-v]") : null);

document.addEventListener("pointerover", (e) => e.pointerType !== "touch" && light(bearer(e.target)));
document.addEventListener("focusin", (e) => light(bearer(e.target)));
document.addEventListener("focusout", () => light(null));
// A finger points by touching.
document.addEventListener("click", (e) => light(bearer(e.target)));

// The words of a text are one stop of the Tab key; arrows go from one to the next.
/** @param {ParentNode} [root] */
export function walkable(root = document) {
  for (const text of root.querySelectorAll(".text")) {
    for (const [i, m] of text.querySelectorAll("mark").entries()) m.tabIndex = i === 0 ? 0 : -1;
  }
}

document.addEventListener("keydown", (e) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
  const here = e.target instanceof Element ? e.target.closest("mark[tabindex]") : null;
  const text = here?.closest(".text");
  if (!step || !text || e.ctrlKey || e.altKey || e.metaKey) return;
  const all = [...text.querySelectorAll("mark[tabindex]")].filter((m) => m.checkVisibility());
  const next = all[all.indexOf(/** @type {Element} */ (here)) + step];
  if (!(next instanceof HTMLElement)) return;
  e.preventDefault();
  for (const m of all) if (m instanceof HTMLElement) m.tabIndex = m === next ? 0 : -1;
  next.focus();
});

// A link to the words of a value leads to them and lights them.
document.addEventListener("click", (e) => {
  const link = e.target instanceof Element ? e.target.closest('a[href^="#w-"]') : null;
  const at = link && document.getElementById((link.getAttribute("href") ?? "").slice(1));
  if (!link || !at) return;
  e.preventDefault();
  at.closest("details")?.setAttribute("open", "");
  at.nextElementSibling?.scrollIntoView({ block: "center", inline: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  light(link);
});

// Enter on words leads back to the value.
document.addEventListener("keydown", (e) => {
  const here = e.key === "Enter" && e.target instanceof Element ? e.target.closest("mark[tabindex]") : null;
  const value = here && document.querySelector(`.values [data-v="${CSS.escape(marks(here)[0] ?? "")}"]`);
  if (value instanceof HTMLElement) value.focus();
});

document.addEventListener("parts", () => walkable());
walkable();
