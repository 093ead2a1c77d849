// The review: one item after the other, with the keys. The next item is fetched while one looks at this one, so that it
// stands there at once when something was decided.

import { afterwards, make, open, reveal, undo } from "./acts.js";
import { kept } from "./kept.js";
import { bind } from "./keys.js";
import { onChange } from "./live.js";
import { swap } from "./parts.js";
import { toast, tried } from "./toast.js";
import "./light.js";

const QUEUE = ["progress", "topics", "queue"];

/** Pages fetched ahead, by address. @type {Map<string, Promise<Document>>} */
const ahead = new Map();
/** What was decided here, last first, with the item that an undo leads back to. @type {{id: string, key: string}[]} */
const settled = [];

const links = () => /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("#queue li:not(.settled) a[data-key]")]);
const item = () => /** @type {HTMLElement} */ (document.querySelector("#item"));
const key = () => item().dataset["key"] ?? "";
const current = () => links().findIndex((a) => a.dataset["key"] === key());

/** @param {string} address */
function fetched(address) {
  let page = ahead.get(address);
  if (!page) {
    page = fetch(address, { headers: { Accept: "text/html" } }).then(async (r) => {
      if (!r.ok) throw new Error("This item cannot be shown any more.");
      return new DOMParser().parseFromString(await r.text(), "text/html");
    });
    page.catch(() => ahead.delete(address));
    ahead.set(address, page);
  }
  return page;
}

/**
 * Shows the item that a link of the queue leads to.
 * @param {HTMLAnchorElement | undefined} link
 */
async function show(link) {
  if (!link) return;
  const address = link.href;
  for (const a of links()) a.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  link.scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", address);
  const page = await fetched(address);
  if (location.href === address) put(page);
}

/** @param {Document} page */
function put(page) {
  const now = page.getElementById("item");
  if (!now) return;
  item().replaceWith(document.importNode(now, true));
  reveal();
  item().focus({ preventScroll: true });
  scrollTo({ top: 0 });
  document.dispatchEvent(new CustomEvent("parts", { detail: ["item"] }));
  const next = links()[current() + 1];
  if (next) fetched(next.href);
}

/** Goes so many items on. @param {number} by */
function step(by) {
  const all = links();
  const at = current();
  const to = all[at < 0 ? 0 : at + by];
  if (to) return void tried(() => show(to));
  const more = document.querySelector(`#queue a[rel=${by > 0 ? "next" : "prev"}]`);
  if (more instanceof HTMLAnchorElement) location.assign(more.href);
  else toast(by > 0 ? "That was the last item." : "This is the first item.");
}

/** Takes the item out of the queue and shows the next, before the server has answered. */
async function leave() {
  const at = current();
  const all = links();
  const next = all[at + 1] ?? all[at - 1];
  all[at]?.closest("li")?.remove();
  count(1);
  if (next) await tried(() => show(next));
}

/** Moves the progress. @param {number} by */
function count(by) {
  const bar = document.querySelector("#progress progress");
  const done = document.querySelector("#progress b");
  if (!(bar instanceof HTMLProgressElement) || !done) return;
  bar.value += by;
  done.textContent = String(bar.value);
}

/** Fetches the queue anew; what somebody else settled goes. */
async function refresh() {
  ahead.clear();
  const mine = key();
  const page = await swap(QUEUE);
  const open = links().some((a) => a.dataset["key"] === mine);
  if (open && document.querySelector("dialog[open]") === null) {
    // The item itself may read otherwise now.
    const now = page.getElementById("item");
    if (now && now.dataset["key"] === mine && now.textContent !== item().textContent) put(page);
    else {
      const next = links()[current() + 1];
      if (next) fetched(next.href);
    }
  } else if (!open && mine) {
    if (document.querySelector("dialog[open]:not([inert])")) toast("Somebody else settled this item.");
    await show(links()[0]);
    if (!links().length) put(page);
  }
}

/**
 * Decides something plain: the next item stands there at once, and comes back if the server refuses.
 * @param {{act: string, [key: string]: unknown}} decision
 */
async function settle(decision) {
  if (!kept("name")) return tried(() => make(decision));
  leaving = key();
  const mine = leaving;
  const gone = leave();
  const made = await tried(async () => {
    await make(decision);
    return true;
  });
  await gone;
  if (!made) {
    leaving = "";
    await refresh();
    await back(mine);
  }
}

/** The key of the item that was left when its decision was sent. */
let leaving = "";

/** Shows an item of the queue again. @param {string} key */
async function back(key) {
  const link = links().find((a) => a.dataset["key"] === key);
  if (link) await tried(() => show(link));
}

afterwards(async ({ id, act }) => {
  if (act === "undo") {
    const at = settled.shift();
    await refresh();
    await back(at?.key ?? "");
  } else if (leaving) {
    settled.unshift({ id, key: leaving });
    leaving = "";
  } else {
    settled.unshift({ id, key: key() });
    await refresh();
  }
});

/** Does what a button says. @param {string} what */
function act(what) {
  const at = item().dataset;
  switch (what) {
    case "look": return settle({ act: "look", item: key() });
    case "merge-both": return settle({ act: "merge", incidents: [at["incident"], at["other"]] });
    case "open": return location.assign(`/incidents/${at["incident"]}/beside/${at["other"]}`);
    default:
      open(what);
      prepare(what);
  }
}

/** Fills what the item tells already. @param {string} what */
function prepare(what) {
  const at = item().dataset;
  const dialog = document.querySelector(`#d-${what}`);
  if (what === "split") {
    const last = Number((at["accounts"] ?? "").split(" ").at(-1));
    const box = dialog?.querySelectorAll("input[type=checkbox]")[last];
    if (box instanceof HTMLInputElement) box.checked = true;
  }
  const field = dialog?.querySelector("select[name=field]");
  if (what === "correct" && at["field"] && field instanceof HTMLSelectElement) {
    field.value = at["field"];
    field.dispatchEvent(new Event("change", { bubbles: true }));
    const value = dialog?.querySelector("input[name=value]");
    if (value instanceof HTMLInputElement) value.focus();
  }
}

/** Chooses the reading of a row; where there is no contradiction a digit leads to its part of the page. @param {number} n from 1 */
function choose(n) {
  const at = item().dataset;
  if (at["topic"] !== "dispute") {
    const part = document.querySelector(`.top nav a[data-key="${n}"]`);
    return void (part instanceof HTMLAnchorElement && part.click());
  }
  const value = item().querySelectorAll(".readings tbody tr")[n - 1]?.getAttribute("data-value");
  if (value) settle({ act: "correct", incident: at["incident"], field: at["field"], value });
}

bind("j", "Next item", () => step(1));
bind("k", "Previous item", () => step(-1));
for (const [letter, what] of /** @type {const} */ ([
  ["m", "Merge"], ["s", "Split"], ["c", "Correct"], ["d", "Dismiss"], ["n", "Note"], ["a", "Add a name"], ["l", "Leave as it is"], ["o", "Open"],
])) {
  bind(letter, what, () => {
    const button = item().querySelector(`[data-does][aria-keyshortcuts="${letter}"]`);
    const link = item().querySelector("a.open");
    if (button instanceof HTMLElement) act(button.dataset["does"] ?? "");
    else if (letter === "o" && link instanceof HTMLAnchorElement) link.click();
  });
}
bind("u", "Undo your last decision", () => tried(() => undo(settled[0]?.id)));
bind(["1", "2", "3", "4", "5", "6", "7", "8", "9"], "Choose the reading of that row, at a contradiction", (k) => choose(Number(k)));

document.addEventListener("click", (e) => {
  const at = e.target instanceof Element ? e.target : null;
  const button = at?.closest("[data-does]");
  if (button instanceof HTMLElement) act(button.dataset["does"] ?? "");
  const link = at?.closest("#queue a[data-key]");
  if (!(link instanceof HTMLAnchorElement) || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  tried(() => show(link));
});

onChange(() => tried(refresh));
reveal();
const next = links()[current() + 1];
if (next) fetched(next.href);
