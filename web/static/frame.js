// What every page has: light and dark, the reader's name, the live marker, the list of keys.

import { get } from "./api.js";
import { bind, showKeys } from "./keys.js";
import { keep, kept } from "./kept.js";
import { onChange, onState } from "./live.js";

const root = document.documentElement;

/** Whether the page is dark now. */
const dark = () => (root.dataset["theme"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function switchTheme() {
  const to = dark() ? "light" : "dark";
  root.dataset["theme"] = to;
  keep("theme", to);
  // What is drawn on a canvas takes its colours anew.
  document.dispatchEvent(new Event("theme"));
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new Event("theme")));

// On narrow screens the parts scroll sideways: the present one is in view.
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

document.querySelector("#theme")?.addEventListener("click", switchTheme);
document.querySelector("#show-keys")?.addEventListener("click", showKeys);

const who = document.querySelector("#who");
if (who instanceof HTMLInputElement) {
  who.value = kept("name");
  who.addEventListener("change", () => keep("name", who.value.trim()));
  who.addEventListener("keydown", (e) => e.key === "Enter" && who.blur());
}

/** Who logged in decides under that name, and who may only look sees nothing to decide with. */
async function introduce() {
  const { name, writable } = await get("about");
  if (name && who instanceof HTMLInputElement) {
    who.value = name;
    who.readOnly = true;
    keep("name", name);
    document.querySelector("#leave")?.removeAttribute("hidden");
  }
  if (!writable) root.dataset["readonly"] = "true";
}
introduce().catch(() => undefined);

const live = document.querySelector("#live");
if (live instanceof HTMLElement) {
  const words = live.querySelector("span");
  onState((on) => {
    live.dataset["state"] = on ? "live" : "lost";
    if (words) words.textContent = on ? "live" : "not connected";
  });
  onChange(() => {
    live.classList.remove("beat");
    requestAnimationFrame(() => live.classList.add("beat"));
  });
}

bind("?", "Show these keys", showKeys);
bind("/", "Write words to look for", () => {
  const field = document.querySelector("main input[type=search]");
  if (field instanceof HTMLInputElement) field.select();
  else location.assign("/search");
});
const parts = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".top nav a")]);
bind(
  parts.map((_, i) => `${i + 1}`),
  `Go to ${parts.map((p) => p.textContent).join(", ")}`,
  (key) => location.assign(parts[Number(key) - 1]?.href ?? "/"),
);
