// Parts of the page are made by the server alone: here the same page is fetched again, at this or another address, and its
// parts take the place of those shown.

import { reach } from "./api.js";
import { onChange } from "./live.js";

/** @type {AbortController | undefined} */
let asking;

/**
 * Fetches a page and puts its parts where those with the same ids stand. The newest call wins; an older one rejects.
 * @param {string[]} ids
 * @param {string} [address]
 * @returns {Promise<Document>} the page that was fetched
 */
export async function swap(ids, address = location.href) {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  const response = await reach(address, { signal: mine.signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  mine.signal.throwIfAborted();
  if (!response.ok) throw new Error(page.querySelector("main p")?.textContent ?? `The server answered ${response.status}.`);
  for (const id of ids) put(id, page);
  document.dispatchEvent(new CustomEvent("parts", { detail: ids }));
  return page;
}

/**
 * Keeps parts fresh while the archive changes.
 * @param {string[]} ids
 */
export function keepFresh(ids) {
  onChange(() => swap(ids).catch(() => undefined));
}

/**
 * Calls back after parts were swapped.
 * @param {(ids: string[]) => unknown} act
 */
export function onParts(act) {
  document.addEventListener("parts", (e) => e instanceof CustomEvent && act(e.detail));
}

/**
 * @param {string} id
 * @param {Document} page
 */
function put(id, page) {
  const old = document.getElementById(id);
  const now = page.getElementById(id);
  if (!old || !now || old.outerHTML === now.outerHTML) return;
  const focus = focused(old);
  old.replaceWith(document.importNode(now, true));
  if (focus) focus(document.getElementById(id));
}

/**
 * How to find again what had the focus: by its id, else by its address or value among its like.
 * @param {Element} old
 * @returns {((now: Element | null) => void) | undefined}
 */
function focused(old) {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || !old.contains(at) || at === old) return undefined;
  const name = at.localName;
  const like = /** @param {Element} e */ (e) =>
    at.id ? e.id === at.id : e.getAttribute("href") === at.getAttribute("href") && e.getAttribute("value") === at.getAttribute("value");
  return (now) => {
    const again = [...(now?.querySelectorAll(name) ?? [])].find(like);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  };
}
