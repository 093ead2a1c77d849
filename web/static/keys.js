// Single keys that act, and the list of them: what is bound is also what the help shows.

import { keep, kept } from "./kept.js";

/** @typedef {{keys: string[], what: string, act: (key: string) => unknown}} Bound */

/** @type {Bound[]} */
const bound = [];

/**
 * Binds keys to an act, as named by `KeyboardEvent.key`. The newest binding of a key wins.
 * @param {string | string[]} keys
 * @param {string} what in words for the list of keys; empty keeps it out of the list
 * @param {(key: string) => unknown} act
 */
export function bind(keys, what, act) {
  bound.unshift({ keys: [keys].flat(), what, act });
}

/** Whether single keys act at all; people who speak to their computer turn them off. */
const on = () => kept("keys") !== "off";

document.addEventListener("keydown", (e) => {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  if (typing(e.target) || document.querySelector("dialog[open]")) return;
  if (!on() && e.key.length === 1) return;
  const found = bound.find((b) => b.keys.includes(e.key));
  if (!found) return;
  // Enter and arrows of a focused control are its own.
  if (e.key === "Enter" && e.target instanceof Element && e.target.closest("a, button, summary, [role=button]")) return;
  e.preventDefault();
  found.act(e.key);
});

/** @param {EventTarget | null} at */
function typing(at) {
  if (!(at instanceof HTMLElement)) return false;
  if (at.isContentEditable || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement) return true;
  return at instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file"].includes(at.type);
}

/** Shows the list of keys. */
export function showKeys() {
  const dialog = document.querySelector("#keys");
  const list = dialog?.querySelector("dl");
  if (!(dialog instanceof HTMLDialogElement) || !list) return;
  list.replaceChildren();
  for (const b of [...bound].reverse().filter((b) => b.what)) {
    const keys = document.createElement("dt");
    for (const key of b.keys) keys.append(cap(key));
    const what = document.createElement("dd");
    what.textContent = b.what;
    list.append(keys, what);
  }
  const box = dialog.querySelector("input");
  if (box) {
    box.checked = on();
    box.onchange = () => keep("keys", box.checked ? "" : "off");
  }
  dialog.showModal();
}

const NAMES = new Map([["ArrowDown", "↓"], ["ArrowUp", "↑"], ["ArrowLeft", "←"], ["ArrowRight", "→"], ["Escape", "Esc"], [" ", "Space"]]);

/** @param {string} key */
function cap(key) {
  const cap = document.createElement("kbd");
  cap.textContent = NAMES.get(key) ?? key;
  return cap;
}
