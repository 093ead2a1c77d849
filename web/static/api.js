// Talking to the server: one way to ask, one way to change something, one kind of error.

import { kept } from "./kept.js";

/** What went wrong with a request, in words for people. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} detail
   */
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/**
 * Fetches; where nobody answers, that is said in words.
 * @param {string} address
 * @param {RequestInit} init
 */
export async function reach(address, init) {
  try {
    return await fetch(address, init);
  } catch (e) {
    if (e instanceof TypeError) throw new Refused(0, "unreachable", "The server cannot be reached. Is khabar serve still running?");
    throw e;
  }
}

/**
 * Asks for JSON.
 * @param {string} address below /api/v1
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function get(address, signal) {
  return answer(await reach(`/api/v1/${address}`, { headers: { Accept: "application/json" }, signal: signal ?? null }));
}

/**
 * Sends JSON, a text as it is, or a form with files. The header tells the server that a page of its own asks.
 * @param {string} address below /api/v1
 * @param {object | string | FormData} [body]
 * @param {"POST" | "DELETE"} [method]
 * @returns {Promise<any>}
 */
export async function send(address, body = {}, method = "POST") {
  const plain = typeof body === "string" || body instanceof FormData;
  /** @type {Record<string, string>} */
  const headers = { "X-Khabar": "1", Accept: "application/json" };
  // A browser names the kind of a form itself.
  if (!(body instanceof FormData)) headers["Content-Type"] = typeof body === "string" ? "application/x-ndjson" : "application/json";
  return answer(await reach(`/api/v1/${address}`, { method, headers, body: plain ? body : JSON.stringify(body) }));
}

/**
 * Makes a decision in the name of who sits here.
 * @param {{act: string, [key: string]: unknown}} decision
 * @returns {Promise<any>} the decision, and in `now` the incidents that its accounts are in
 */
export async function decide(decision) {
  const as = kept("name");
  if (!as) {
    const field = document.querySelector("#who");
    if (field instanceof HTMLInputElement) field.focus();
    throw new Refused(0, "nameless", "Write your name above first: each decision bears the name of who made it.");
  }
  return send("decisions", { as, ...decision });
}

/** @param {Response} response */
async function answer(response) {
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  const detail = body?.detail ?? `The server answered ${response.status}.`;
  throw new Refused(response.status, body?.code ?? "failed", detail);
}
