// Results while one types; the address follows, so that a search can be kept and sent.

import { bind } from "./keys.js";
import { keepFresh, swap } from "./parts.js";
import { tried } from "./toast.js";

const PARTS = ["hits", "found"];
const form = document.querySelector("#sought");
const field = form?.querySelector("input");

let waiting = 0;
function search() {
  clearTimeout(waiting);
  const query = field?.value.trim() ?? "";
  history.replaceState(null, "", query ? `/search?q=${encodeURIComponent(query)}` : "/search");
  tried(() => swap(PARTS));
}

form?.addEventListener("submit", (e) => (e.preventDefault(), search()));
field?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 200);
});

/** @param {number} by */
function step(by) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#hits h2 a")]);
  const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
}
bind(["j", "ArrowDown"], "Next article", () => step(1));
bind(["k", "ArrowUp"], "Article before", () => step(-1));

keepFresh(PARTS);
