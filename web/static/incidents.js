// The incidents: table, map, timeline and counts, which show the same and follow each other. What is asked for stands in the
// address; another question fetches this page at another address.

import { decide, get } from "./api.js";
import { narrowed, showShares } from "./facets.js";
import { bind } from "./keys.js";
import { onChange } from "./live.js";
import { makeMap, named, told } from "./map.js";
import { swap } from "./parts.js";
import { rows } from "./rows.js";
import { makeTimeline } from "./timeline.js";
import { toast, tried } from "./toast.js";

/** @typedef {import("./map.js").Place} Place */

const PARTS = ["list", "chips", "count", "take"];
const form = /** @type {HTMLFormElement} */ (document.querySelector("#filters"));
const box = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

const table = rows(follow, ticked);
const map = makeMap(box("map"), (chosen) => choosePlaces(chosen));
const timeline = makeTimeline(box("timeline"), (since, until) => {
  const asked = new URLSearchParams(narrowed("since", since).split("?")[1]);
  if (until) asked.set("until", until);
  else asked.delete("until");
  go(asked.size ? `/?${asked}` : "/");
});
/** @type {Place[]} */
let places = [];
/** @type {AbortController | undefined} */
let counting;

/** Goes to another address of this page without leaving it. @param {string} address @param {boolean} [push] */
async function go(address, push = true) {
  if (push) history.pushState(null, "", address);
  fill();
  await busy(() => Promise.all([tried(() => swap(PARTS, address)), tried(() => overview(true))]));
}

/** Says of list, map and counts that they are about to change, while they are. @param {() => Promise<unknown>} work */
async function busy(work) {
  const split = box("split");
  split.setAttribute("aria-busy", "true");
  await work();
  split.removeAttribute("aria-busy");
}

/** Counts what the filters leave, for the map, the timeline and the bars. @param {boolean} fit */
async function overview(fit) {
  counting?.abort();
  counting = new AbortController();
  const asked = new URLSearchParams(location.search);
  for (const part of ["sort", "offset", "at"]) asked.delete(part);
  // The timeline shows what lies around the span as well, so that the span can be moved.
  const around = new URLSearchParams(asked);
  around.delete("since");
  around.delete("until");
  const spanned = around.size < asked.size;
  const [o, whole] = await Promise.all([`${asked}`, ...(spanned ? [`${around}`] : [])].map((q) => get(`overview?${q}`, counting?.signal)));
  places = o.places;
  const disputes = /** @type {HTMLAnchorElement} */ (box("disputes"));
  disputes.hidden = o.disputed === 0 || asked.get("disputed") === "true";
  disputes.href = narrowed("disputed", "true");
  disputes.textContent = `${o.disputed.toLocaleString("en")} disputed`;
  const off = document.querySelector("#unplaced");
  if (off) off.textContent = o.unplaced > 0 ? `${o.unplaced.toLocaleString("en")} not on the map: where it was is not known closely enough.` : "";
  map.show(places, fit);
  timeline.show((whole ?? o).months, asked.get("since") ?? "", asked.get("until") ?? "");
  listMonths((whole ?? o).months);
  listPlaces();
  const countries = new Map([...form.querySelectorAll("[name=country] option")].map((e) => [e.getAttribute("value"), e.textContent ?? ""]));
  const plain = (/** @type {string} */ s) => s.replaceAll("_", " ");
  share("kinds", o.kinds.map((/** @type {any} */ k) => ({ value: k.kind, name: plain(k.kind), ...k })));
  share("countries", o.countries.map((/** @type {any} */ c) => ({ value: c.country, name: countries.get(c.country) ?? c.country, ...c })));
  share("actors", o.actors.map((/** @type {any} */ a) => ({ value: a.actor, ...a })));
  const known = document.querySelector("#known-actors");
  known?.replaceChildren(...o.actors.map((/** @type {any} */ a) => new Option(a.name, a.name)));
  follow(table.marked());
}

/** @param {string} id @param {import("./facets.js").Share[]} shares */
const share = (id, shares) => showShares(box(id), shares);

/** Shows a row's incident on the map and the timeline. @param {HTMLTableRowElement | undefined} row */
function follow(row) {
  const at = row?.dataset;
  box("where").replaceChildren();
  timeline.mark(at?.["date"]);
  const place = places.find((p) => `${p.latitude},${p.longitude}` === at?.["at"] && p.precision === at["precision"]);
  map.mark(place);
}

/** Places were chosen on the map or in the list of places: their rows are tinted, or asked for. @param {Place[]} chosen */
function choosePlaces(chosen) {
  const [first] = chosen;
  if (!first) return;
  map.mark(first);
  table.tint("there", (r) => r.dataset["at"] === `${first.latitude},${first.longitude}`);
  if (chosen.length === 1 && first.incidents === 1) table.go(first.incident);
  box("where").replaceChildren(
    ...chosen.map((place) => {
      const words = document.createElement("p");
      const only = document.createElement("a");
      only.className = "button";
      only.href = place.incidents === 1 ? `/incidents/${place.incident}` : narrowed("place", place.name);
      only.textContent = place.incidents === 1 ? "Open the incident" : "Show only these";
      words.append(strong(named(place)), ` ${told({ n: place.incidents, ...place })} `, only);
      return words;
    }),
  );
}

/** @param {string} words */
function strong(words) {
  const e = document.createElement("strong");
  e.dir = "auto";
  e.textContent = words;
  return e;
}

/** The places in view, as a list that keys and screen readers reach. */
function listPlaces() {
  const list = box("places").querySelector("ol");
  list?.replaceChildren(
    ...map.visible().slice(0, 100).map((p) => {
      const pick = document.createElement("button");
      pick.type = "button";
      pick.className = "plain";
      pick.textContent = `${named(p)}: ${told({ n: p.incidents, ...p })}`;
      pick.addEventListener("click", () => choosePlaces([p]));
      const item = document.createElement("li");
      item.append(pick);
      return item;
    }),
  );
}

/** The months as a table, for who does not see the chart. @param {import("./timeline.js").Month[]} months */
function listMonths(months) {
  const body = box("months").querySelector("tbody");
  body?.replaceChildren(
    ...months.map((m) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      const link = document.createElement("a");
      const asked = new URLSearchParams(narrowed("since", m.month).split("?")[1]);
      asked.set("until", m.month);
      link.href = `/?${asked}`;
      link.textContent = m.month;
      head.append(link);
      row.append(head, ...[m.incidents, m.killed].map(number));
      return row;
    }),
  );
}

/** @param {number} n */
function number(n) {
  const cell = document.createElement("td");
  cell.className = "number";
  cell.textContent = n.toLocaleString("en");
  return cell;
}

/** Shows in the bar of ticked incidents what can be done with them. @param {string[]} ids */
function ticked(ids) {
  const bar = box("ticked");
  bar.hidden = ids.length === 0;
  const words = bar.querySelector("span");
  if (words) words.textContent = `${ids.length} ticked`;
  const merge = /** @type {HTMLButtonElement} */ (box("merge"));
  merge.disabled = ids.length < 2;
  merge.onclick = () => tried(() => mergeAll(ids));
}

/** @type {string | undefined} */
let last;

/** @param {string[]} ids */
async function mergeAll(ids) {
  const made = await decide({ act: "merge", incidents: ids, why: "" });
  last = made.id;
  table.clear();
  toast(`${ids.length} incidents are one now.`, { undo: () => tried(undo) });
  await refresh();
  table.go(made.now?.[0] ?? "");
}

async function undo() {
  if (!last) return;
  await decide({ act: "undo", decision: last, why: "" });
  last = undefined;
  toast("Taken back.");
  await refresh();
}

const refresh = () => Promise.all([swap(PARTS), overview(false)]);

/** Fills the form with what the address asks for, after the address changed otherwise. */
function fill() {
  const asked = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = asked.get(field.name) === field.value;
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = asked.get(field.name) ?? "";
  }
}

/** The address for what the form asks. */
function asked() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "" && typeof value === "string") asked.set(name, value.trim());
  return asked.size ? `/?${asked}` : "/";
}

const ask = () => {
  clearTimeout(typing);
  if (asked() !== `${location.pathname}${location.search}`) go(asked());
};
let typing = 0;
form.addEventListener("submit", (e) => (e.preventDefault(), ask()));
form.addEventListener("change", ask);
form.addEventListener("input", (e) => {
  clearTimeout(typing);
  if (e.target instanceof HTMLInputElement && e.target.type === "search") typing = setTimeout(ask, 250);
});
window.addEventListener("popstate", () => go(location.href, false));

// Links to this page at another address are followed without leaving it.
document.addEventListener("click", (e) => {
  if (e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || !(e.target instanceof Element)) return;
  const link = e.target.closest("main a");
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || link.pathname !== "/" || link.hash) return;
  e.preventDefault();
  go(link.href);
  if (link.closest("#pages")) box("list").scrollIntoView();
});

// On narrow screens most filters are folded away.
const more = box("more");
more.addEventListener("click", () => {
  const open = form.toggleAttribute("data-open");
  more.setAttribute("aria-expanded", `${open}`);
  more.textContent = open ? "Fewer filters" : "More filters";
});

// On narrow screens the list, the map and the counts take turns.
for (const pick of document.querySelectorAll("#views button")) {
  if (!(pick instanceof HTMLButtonElement)) continue;
  pick.addEventListener("click", () => {
    box("split").dataset["view"] = pick.value;
    for (const other of document.querySelectorAll("#views button")) other.setAttribute("aria-pressed", `${other === pick}`);
  });
}

bind("m", "Merge the ticked incidents", () => press("#merge"));
bind("u", "Take back the last merge made here", () => tried(undo));
bind("]", "Next page", () => press("#pages a[rel=next]"));
bind("[", "Page before", () => press("#pages a[rel=prev]"));

/** @param {string} what */
function press(what) {
  const found = document.querySelector(what);
  if (found instanceof HTMLElement) found.click();
}

map.onMove(listPlaces);
onChange(() => refresh().catch(() => undefined));
busy(() => tried(() => overview(true)));
