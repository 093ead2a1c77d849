// What is being read and what was: how far, what came of it, what was wrong with which file.

import { get, send } from "./api.js";
import { onEnded, onProgress } from "./live.js";
import { tried } from "./toast.js";

/**
 * @typedef {{job: string, state: "waiting" | "reading" | "linking" | "done" | "stopped" | "failed", by: string | null,
 *   files: number, done: number, of: number, new: number, known: number, set_aside: number, skipped: number,
 *   accounts: number, incidents: number | null, problems: {file: string, code: string, detail: string}[],
 *   error: string | null}} Job
 */

const SHOWN = 20;
/** Jobs whose problems are unfolded. @type {Set<string>} */
const open = new Set();

/**
 * Keeps a box filled with the jobs, the last first.
 * @param {HTMLElement} box
 */
export function showJobs(box) {
  const nothing = [...box.childNodes];
  const fill = async () => {
    /** @type {Job[]} */
    const jobs = (await get("imports")).imports;
    box.replaceChildren(...(jobs.length > 0 ? jobs.slice(0, SHOWN).map((j) => entry(j, fill)) : nothing));
  };
  onProgress((p) => {
    const bar = box.querySelector(`[data-job="${CSS.escape(p.job)}"] progress`);
    const words = box.querySelector(`[data-job="${CSS.escape(p.job)}"] .state`);
    if (!(bar instanceof HTMLProgressElement) || !words || p.linking !== bar.matches(".linking")) return void tried(fill);
    bar.max = Math.max(1, p.of);
    bar.value = p.done;
    words.textContent = reading(p.done, p.of);
    return undefined;
  });
  onEnded(() => tried(fill));
  tried(fill);
  return fill;
}

/**
 * @param {Job} job
 * @param {() => Promise<void>} fill
 */
function entry(job, fill) {
  const box = element("div", "job");
  box.dataset["job"] = job.job;
  const line = element("div", "row");
  line.append(element("p", "state", words(job)));
  const act = (/** @type {string} */ name, /** @type {string} */ what) => {
    const button = element("button", "", name);
    button.addEventListener("click", () => tried(async () => (await send(`imports/${job.job}/${what}`), await fill())));
    line.append(button);
  };
  const busy = job.state === "waiting" || job.state === "reading" || job.state === "linking";
  if (busy && job.state !== "linking") act("Stop", "stop");
  if (job.state === "stopped" || job.state === "failed") act("Go on", "continue");
  box.append(line);
  if (busy) {
    const bar = document.createElement("progress");
    bar.max = Math.max(1, job.of);
    bar.setAttribute("aria-label", "Read");
    if (job.state === "linking") bar.className = "linking";
    else bar.value = job.state === "waiting" ? 0 : job.done;
    box.append(bar);
  }
  const sum = summary(job);
  if (sum) box.append(element("p", "faint", sum));
  if (job.error) box.append(element("p", "warn", job.error));
  if (job.problems.length > 0) box.append(problems(job));
  return box;
}

/** @param {Job} job */
function words(job) {
  switch (job.state) {
    case "waiting": return `${count(job.files, "file")}, waiting for its turn`;
    case "reading": return reading(job.done, job.of);
    case "linking": return "Putting accounts together to incidents";
    case "done": return `${count(job.files, "file")} read`;
    case "stopped": return `Stopped: ${count(job.files, "file")} sent`;
    case "failed": return "Not done";
  }
}

/** @param {number} done @param {number} of */
const reading = (done, of) => `Reading: ${done.toLocaleString("en")} of ${of.toLocaleString("en")}`;

/** @param {number} n @param {string} one */
const count = (n, one) => `${n.toLocaleString("en")} ${n === 1 ? one : `${one}s`}`;

/** What came of it. @param {Job} job */
function summary(job) {
  if (job.state !== "done" && job.state !== "stopped") return "";
  const parts = [`${count(job.new, "article")} new`];
  if (job.known > 0) parts.push(`${job.known} already known`);
  if (job.skipped > 0) parts.push(`${job.skipped} read before and unchanged`);
  if (job.set_aside > 0) parts.push(`${job.set_aside} set aside`);
  parts.push(count(job.accounts, "account"));
  if (job.incidents !== null) parts.push(`the archive holds ${count(job.incidents, "incident")}`);
  return parts.join(" · ");
}

/** @param {Job} job */
function problems(job) {
  const all = document.createElement("details");
  all.open = open.has(job.job);
  all.addEventListener("toggle", () => (all.open ? open.add(job.job) : open.delete(job.job)));
  all.append(element("summary", "warn", count(job.problems.length, "problem")));
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const title of ["File", "What was wrong"]) {
    const cell = element("th", "", title);
    cell.setAttribute("scope", "col");
    head.append(cell);
  }
  const body = table.createTBody();
  for (const p of job.problems) {
    const row = body.insertRow();
    row.insertCell().append(bdi(p.file));
    row.insertCell().append(bdi(p.detail), " ", element("code", "faint", p.code));
  }
  all.append(table);
  return all;
}

/** @param {string} words */
function bdi(words) {
  const e = document.createElement("bdi");
  e.textContent = words;
  return e;
}

/**
 * @param {string} name
 * @param {string} kind
 * @param {string} [words]
 */
function element(name, kind, words = "") {
  const e = document.createElement(name);
  if (kind) e.className = kind;
  e.textContent = words;
  return e;
}
