// Rows of a table that are walked with keys, one of them marked, any of them ticked.

import { bind } from "./keys.js";
import { onParts } from "./parts.js";

/**
 * Brings the rows of `#list` to life.
 * @param {(row: HTMLTableRowElement | undefined) => unknown} onMark called when another row, or none, is marked
 * @param {(ids: string[]) => unknown} onTick called when other rows are ticked
 */
export function rows(onMark, onTick) {
  /** @type {Set<string>} */
  const ticked = new Set();
  let marked = new URLSearchParams(location.search).get("at") ?? "";

  const all = () => /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll("#list tbody tr[data-id]")]);
  const row = (/** @type {string} */ id) => all().find((r) => r.dataset["id"] === id);

  /** Shows what is marked and ticked on rows that may have been made anew. */
  const show = () => {
    for (const r of all()) {
      const id = r.dataset["id"] ?? "";
      if (id === marked) r.setAttribute("aria-current", "true");
      else r.removeAttribute("aria-current");
      const box = r.querySelector("input");
      if (box) box.checked = ticked.has(id);
      r.classList.toggle("chosen", ticked.has(id));
    }
  };

  /** @param {string} id */
  const mark = (id) => {
    marked = id;
    const asked = new URLSearchParams(location.search);
    if (id) asked.set("at", id);
    else asked.delete("at");
    history.replaceState(history.state, "", `${location.pathname}${asked.size ? `?${asked}` : ""}`);
    show();
    onMark(row(id));
  };

  /** @param {HTMLTableRowElement | undefined} r */
  const go = (r) => {
    if (!r) return;
    r.querySelector("a")?.focus({ preventScroll: true });
    r.scrollIntoView({ block: "nearest" });
    mark(r.dataset["id"] ?? "");
  };
  const step = (/** @type {number} */ by) => {
    const list = all();
    const at = list.findIndex((r) => r.dataset["id"] === marked);
    go(at < 0 ? list.at(by > 0 ? 0 : -1) : list[Math.max(0, Math.min(list.length - 1, at + by))]);
  };
  const tick = (/** @type {string} */ id, /** @type {boolean} */ on) => {
    if (on) ticked.add(id);
    else ticked.delete(id);
    show();
    onTick([...ticked]);
  };

  bind(["j", "ArrowDown"], "Next incident", () => step(1));
  bind(["k", "ArrowUp"], "Incident before", () => step(-1));
  bind(["Enter", "o"], "Open the marked incident", () => row(marked)?.querySelector("a")?.click());
  bind("x", "Tick the marked incident", () => row(marked) && tick(marked, !ticked.has(marked)));
  bind("Escape", "Mark nothing, tick nothing", () => {
    ticked.clear();
    mark("");
    onTick([]);
  });

  document.addEventListener("click", (e) => {
    if (!(e.target instanceof Element)) return;
    const r = e.target.closest("#list tbody tr[data-id]");
    if (r instanceof HTMLTableRowElement && !e.target.closest("a, input, label")) mark(r.dataset["id"] === marked ? "" : `${r.dataset["id"]}`);
  });
  document.addEventListener("focusin", (e) => {
    if (!(e.target instanceof HTMLAnchorElement)) return;
    const id = e.target.closest("tr")?.dataset["id"];
    if (id && id !== marked && e.target.matches(":focus-visible")) mark(id);
  });
  document.addEventListener("change", (e) => {
    if (e.target instanceof HTMLInputElement && e.target.closest("#list tbody")) tick(e.target.value, e.target.checked);
  });
  onParts(() => (show(), onMark(row(marked))));
  show();

  return {
    mark,
    marked: () => row(marked),
    /** Unticks all. */
    clear() {
      ticked.clear();
      show();
      onTick([]);
    },
    /** Puts a class on the rows for which `of` holds. @param {string} name @param {(row: HTMLTableRowElement) => boolean} of */
    tint(name, of) {
      for (const r of all()) r.classList.toggle(name, of(r));
    },
    go: (/** @type {string} */ id) => (row(id) ? (go(row(id)), true) : false),
  };
}
