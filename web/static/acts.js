// Deciding on an incident: the questions (dialogs), what they send, and what is shown afterwards.

import { decide, Refused } from "./api.js";
import { keep, kept } from "./kept.js";
import { choices } from "./near.js";
import { toast, tried } from "./toast.js";

/** @typedef {{id: string, act: string, now: string[]}} Decided */

/** Messages that tell of decisions, by id: each a way to take it away. @type {Map<string, () => void>} */
const said = new Map();

/** @type {(decided: Decided) => unknown} */
let then = () => undefined;

/**
 * What is to be done after each decision made on this page, with the incidents that its accounts are in now.
 * @param {(decided: Decided) => unknown} act
 */
export function afterwards(act) {
  then = act;
}

/** The incident that one looks at. */
export const here = () => document.querySelector("[data-incident]")?.getAttribute("data-incident") ?? "";

/** The actor that one looks at. */
const actor = () => document.querySelector("[data-actor]")?.getAttribute("data-actor") ?? "";

/** Shows the buttons that need a script. */
export function reveal() {
  for (const e of document.querySelectorAll(".acts[hidden], [data-undo][hidden], [data-script][hidden]")) e.removeAttribute("hidden");
}

/**
 * Takes the questions of a page that was fetched anew, unless one is being answered.
 * @param {Document} page
 */
export function renew(page) {
  const [old, now] = [document.querySelector("#questions"), page.querySelector("#questions")];
  if (old && now && !old.querySelector("dialog[open]")) old.replaceWith(document.importNode(now, true));
}

/**
 * Opens the question of an act.
 * @param {string} act
 */
export function open(act) {
  const dialog = document.querySelector(`#d-${act}`);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  dialog.querySelector("[data-name]")?.toggleAttribute("hidden", kept("name") !== "");
  say(dialog, "");
  dialog.showModal();
  const first = dialog.querySelector("input:not([type=hidden]), select, textarea");
  if (first instanceof HTMLElement) first.focus();
  if (act === "merge") choices(dialog);
  if (act === "correct") hint(dialog);
}

/**
 * Makes a decision and tells of it, with a way back.
 * @param {{act: string, [key: string]: unknown}} decision
 */
export async function make(decision) {
  const done = /** @type {Decided} */ (await decide(decision));
  said.set(done.id, toast(told(decision), { undo: () => tried(() => undo(done.id)) }));
  await then(done);
}

/**
 * Takes back a decision; without an id the last one of whoever sits here.
 * @param {string} [id]
 */
export async function undo(id) {
  const done = /** @type {Decided} */ (await decide(id ? { act: "undo", decision: id } : { act: "undo" }));
  // What was taken back offers no way back any more.
  const last = id ?? [...said.keys()].at(-1) ?? "";
  said.get(last)?.();
  said.delete(last);
  toast("Taken back.");
  await then(done);
}

/** @param {{act: string, [key: string]: unknown}} d */
function told(d) {
  switch (d.act) {
    case "merge": return "Merged.";
    case "split": return "Taken out.";
    case "correct": return `Corrected: ${String(d["field"]).replaceAll("_", " ")} is ${people(String(d["value"]))}.`;
    case "dismiss": return "Dismissed.";
    case "note": return "Noted.";
    case "look": return "Left as it is.";
    case "actor-merge": return `Merged: ${d["other"]} is the same actor.`;
    case "actor-alias": return `Added: ${d["name"]}.`;
    default: return "Decided.";
  }
}

/** A range of people as pages print it. @param {string} value */
const people = (value) => value.replace(/^(\d+)\.\.$/, "$1+").replace(/^\.\.(\d+)$/, "≤$1").replace(/^(\d+)\.\.(\d+)$/, "$1–$2");

/**
 * @param {Element} dialog
 * @param {string} words
 */
function say(dialog, words) {
  const at = dialog.querySelector("[role=alert]");
  if (at) at.textContent = words;
}

/** @param {Element} dialog */
function hint(dialog) {
  const field = dialog.querySelector("select[name=field]");
  const value = dialog.querySelector("input[name=value]");
  if (!(field instanceof HTMLSelectElement) || !(value instanceof HTMLInputElement)) return;
  const list = document.getElementById(`values-${field.value}`);
  value.setAttribute("list", `values-${field.value}`);
  const words = dialog.querySelector("#hint");
  if (words) words.textContent = list?.dataset["hint"] ?? "";
}

/**
 * The decision that a filled question makes.
 * @param {HTMLFormElement} form
 * @returns {{act: string, [key: string]: unknown}}
 */
function asked(form) {
  const data = new FormData(form);
  const act = form.dataset["act"] ?? "";
  const why = String(data.get("why") ?? "");
  const incident = here();
  switch (act) {
    case "merge": {
      const other = data.get("other");
      if (!other) throw new Refused(0, "none", "Choose an incident, or write its id.");
      return { act, why, incidents: [incident, String(other)] };
    }
    case "split": {
      const accounts = data.getAll("accounts").map(String);
      if (!accounts.length) throw new Refused(0, "none", "Choose the accounts to take out.");
      return { act, why, accounts };
    }
    case "correct": return { act, why, incident, field: String(data.get("field")), value: String(data.get("value")) };
    case "dismiss": return { act, why, what: String(data.get("what")) };
    case "actor-merge": return { act, why, actor: actor(), other: String(data.get("other")) };
    case "actor-alias": return { act, why, actor: actor(), name: String(data.get("name")) };
    default: return { act, incident, text: String(data.get("text")) };
  }
}

document.addEventListener("submit", async (e) => {
  const form = e.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset["act"]) return;
  e.preventDefault();
  const dialog = form.closest("dialog");
  if (!dialog) return;
  const name = String(new FormData(form).get("as") ?? "").trim();
  if (name) {
    keep("name", name);
    const shown = document.querySelector("#who");
    if (shown instanceof HTMLInputElement) shown.value = name;
  }
  try {
    const decision = asked(form);
    if (!kept("name")) throw new Refused(0, "nameless", "Write your name: each decision bears the name of who made it.");
    dialog.inert = true;
    await make(decision);
    form.reset();
    dialog.close();
  } catch (wrong) {
    say(dialog, wrong instanceof Error ? wrong.message : String(wrong));
  } finally {
    dialog.inert = false;
  }
});

document.addEventListener("change", (e) => {
  if (e.target instanceof HTMLSelectElement && e.target.name === "field") hint(/** @type {Element} */ (e.target.closest("dialog")));
});

document.addEventListener("click", (e) => {
  const at = e.target instanceof Element ? e.target.closest("[data-opens], [data-closes], [data-undo]") : null;
  if (!(at instanceof HTMLElement)) return;
  if (at.dataset["opens"]) open(at.dataset["opens"].replace(/^d-/, ""));
  else if (at.dataset["undo"] !== undefined) tried(() => undo(at.dataset["undo"]));
  else at.closest("dialog")?.close();
});
