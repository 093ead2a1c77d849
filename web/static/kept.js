// What this browser keeps of its reader: the name that decisions bear, light or dark, whether single keys act.

/** @param {"theme" | "name" | "keys"} what */
export function kept(what) {
  try {
    return localStorage.getItem(`khabar-${what}`) ?? "";
  } catch {
    return "";
  }
}

/**
 * Keeps a value; an empty one is forgotten.
 * @param {"theme" | "name" | "keys"} what
 * @param {string} value
 */
export function keep(what, value) {
  try {
    if (value) localStorage.setItem(`khabar-${what}`, value);
    else localStorage.removeItem(`khabar-${what}`);
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}
