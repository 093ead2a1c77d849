// Sending files in parts, with progress; what was stopped can go on.

import { Refused } from "./api.js";
import { parcels } from "./drop.js";

/** @typedef {import("./drop.js").Found} Found */

/**
 * Sends files, part after part.
 * @param {Found[]} found
 * @param {(sent: number, of: number) => unknown} tell how many bytes are sent
 */
export function sending(found, tell) {
  const waiting = parcels(found);
  const of = found.reduce((sum, f) => sum + f.file.size, 0);
  let sent = 0;
  /** @type {XMLHttpRequest | undefined} */
  let now;
  let stopped = false;
  return {
    /** Sends what is left; whether all of it went. */
    async go() {
      stopped = false;
      for (let part = waiting[0]; part && !stopped; part = waiting[0]) {
        const form = new FormData();
        for (const f of part) form.append("file", f.file, f.path);
        now = new XMLHttpRequest();
        const whole = await post(now, form, (share) => tell(sent + share, of));
        if (!whole) return false;
        sent += part.reduce((sum, f) => sum + f.file.size, 0);
        waiting.shift();
        tell(sent, of);
      }
      return !stopped;
    },
    /** Stops; the part that is under way is sent again when it goes on. */
    stop() {
      stopped = true;
      now?.abort();
    },
  };
}

/**
 * @param {XMLHttpRequest} request
 * @param {FormData} form
 * @param {(bytes: number) => unknown} tell
 * @returns {Promise<boolean>} whether it was sent; not if it was stopped
 */
function post(request, form, tell) {
  return new Promise((ok, no) => {
    request.open("POST", "/api/v1/imports");
    request.setRequestHeader("X-Khabar", "1");
    request.responseType = "json";
    request.upload.addEventListener("progress", (e) => tell(e.loaded));
    request.addEventListener("abort", () => ok(false));
    request.addEventListener("error", () => no(new Refused(0, "unreachable", "The server cannot be reached. What was not sent can be sent again.")));
    request.addEventListener("load", () => {
      if (request.status < 300) ok(true);
      else no(new Refused(request.status, request.response?.code ?? "failed", request.response?.detail ?? `The server answered ${request.status}.`));
    });
    request.send(form);
  });
}
