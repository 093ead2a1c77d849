// Short messages at the edge of the page: what was done, what went wrong, and a way back.

const STAYS = 9000;
const MOST = 4;

/**
 * Shows a message. With `undo` it bears a button that takes back what was done, and stays longer.
 * @param {string} text
 * @param {{undo?: () => unknown, bad?: boolean}} [more]
 * @returns {() => void} takes the message away
 */
export function toast(text, { undo, bad = false } = {}) {
  const box = document.querySelector("#toasts");
  if (!box) return () => undefined;
  const toast = document.createElement("div");
  toast.className = bad ? "toast bad" : "toast";
  const words = document.createElement("p");
  words.textContent = text;
  toast.append(words);
  const close = () => toast.remove();
  if (undo) toast.append(button("Undo", () => (close(), undo())));
  toast.append(button("×", close, "Close the message"));
  box.append(toast);
  while (box.children.length > MOST) box.firstElementChild?.remove();

  let left = setTimeout(close, undo || bad ? 2 * STAYS : STAYS);
  // Who reads it, or reaches for its button, has all the time in the world.
  const stay = () => clearTimeout(left);
  const go = () => (left = setTimeout(close, STAYS));
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("focusout", go);
  return close;
}

/**
 * Runs something and shows why it failed, if it did; what it gave, or nothing.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>}
 */
export async function tried(work) {
  try {
    return await work();
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") return undefined;
    toast(e instanceof Error ? e.message : String(e), { bad: true });
    return undefined;
  }
}

/**
 * @param {string} text
 * @param {() => unknown} act
 * @param {string} [label]
 */
function button(text, act, label) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  if (label) b.setAttribute("aria-label", label);
  b.addEventListener("click", act);
  return b;
}
