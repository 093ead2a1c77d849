// Choosing another incident: those of near days and the same country, or what words find, or an id.

import { get } from "./api.js";

/** @typedef {{incident: string, date: string, place: string, country: string, kinds: string[], articles: number}} Brief */

/** Days before and after that count as near. */
const DAYS = 15;

let asked = 0;

/**
 * Fills the choices of a dialog, and again as words are written.
 * @param {Element} dialog
 */
export function choices(dialog) {
  const field = dialog.querySelector("input[type=search]");
  if (!(field instanceof HTMLInputElement)) return;
  const look = () => fill(dialog, field.value.trim(), field);
  let waiting = 0;
  field.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 200);
  };
  look();
}

/**
 * @param {Element} dialog
 * @param {string} words
 * @param {HTMLInputElement} field
 */
async function fill(dialog, words, field) {
  const [not, nearest] = [field.dataset["not"] ?? "", field.dataset["nearest"] ?? ""];
  const box = dialog.querySelector("[data-choices]");
  if (!box) return;
  const mine = ++asked;
  /** @type {Brief[]} */
  let found = [];
  try {
    found = await find(words, not, nearest);
  } catch {
    // What cannot be found is told as such below.
  }
  if (mine !== asked) return;
  const legend = document.createElement("legend");
  legend.textContent = words ? "Found" : "Near ones";
  const rest = found.filter((b) => b.incident !== not).map(choice);
  const none = document.createElement("p");
  none.textContent = words ? "Nothing found." : "None in the same country on near days. Write words or an id.";
  box.replaceChildren(legend, ...(rest.length ? rest : [none]));
  const first = box.querySelector("input");
  if (first && words) first.checked = true;
}

/**
 * @param {string} words
 * @param {string} not
 * @param {string} nearest what linking finds nearest, if anything
 * @returns {Promise<Brief[]>}
 */
async function find(words, not, nearest) {
  if (/^i?[0-9a-f]{4,}$/.test(words)) return [await get(`incidents/${words}`)];
  if (words) return (await get(`incidents?limit=12&q=${encodeURIComponent(words)}`)).incidents;
  /** @type {Brief} */
  const own = await get(`incidents/${not}`);
  const day = /^\d{4}-\d\d-\d\d/.exec(own.date)?.[0];
  const near = new URLSearchParams({ limit: "12" });
  if (own.country) near.set("country", own.country);
  if (day) {
    near.set("since", shifted(day, -DAYS));
    near.set("until", shifted(day, DAYS));
  }
  const [first, rest] = await Promise.all([nearest ? get(`incidents/${nearest}`) : null, get(`incidents?${near}`)]);
  const others = rest.incidents.filter((/** @type {Brief} */ b) => b.incident !== nearest);
  return first ? [first, ...others] : others;
}

/**
 * @param {string} day
 * @param {number} by days
 */
function shifted(day, by) {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
}

/** @param {Brief} b */
function choice(b) {
  const label = document.createElement("label");
  label.className = "check";
  const radio = document.createElement("input");
  radio.type = "radio";
  radio.name = "other";
  radio.value = b.incident;
  const words = document.createElement("bdi");
  const kinds = b.kinds.map((k) => k.replaceAll("_", " ")).join(", ");
  words.textContent = [b.date, b.place, b.country, kinds].filter(Boolean).join(" · ");
  const id = document.createElement("span");
  id.className = "id faint";
  id.textContent = b.incident.slice(0, 9);
  label.append(radio, words, id);
  return label;
}
