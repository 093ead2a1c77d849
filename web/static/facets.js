// What the incidents shown are, counted by kind, country and actor: each a list of bars, each bar a filter.

/**
 * @typedef {{value: string, name: string, incidents: number}} Share
 */

/** So many stand there before "more" is asked for. */
const FIRST = 8;

/**
 * Fills the list of bars of one filter.
 * @param {HTMLElement} box holds a list, and bears the name of the filter in `data-filter`
 * @param {Share[]} shares the most frequent first
 */
export function showShares(box, shares) {
  const filter = box.dataset["filter"] ?? "";
  const list = box.querySelector("ul");
  const more = box.querySelector("button");
  if (!list || !more) return;
  const asked = new URLSearchParams(location.search).get(filter) ?? "";
  const most = Math.max(1, ...shares.map((s) => s.incidents));
  const all = box.dataset["all"] === "true";
  list.replaceChildren(...(all ? shares : shares.slice(0, FIRST)).map((s) => bar(filter, s, most, asked)));
  more.hidden = shares.length <= FIRST;
  more.textContent = all ? "Fewer" : `${shares.length - FIRST} more`;
  more.setAttribute("aria-expanded", `${all}`);
  more.onclick = () => {
    box.dataset["all"] = `${!all}`;
    showShares(box, shares);
  };
  box.hidden = shares.length === 0;
}

/**
 * @param {string} filter
 * @param {Share} share
 * @param {number} most
 * @param {string} asked
 */
function bar(filter, share, most, asked) {
  const chosen = asked === share.value || asked === share.name;
  const link = document.createElement("a");
  link.href = narrowed(filter, chosen ? "" : share.value);
  if (chosen) link.setAttribute("aria-current", "true");
  const name = document.createElement("bdi");
  name.textContent = share.name;
  const count = document.createElement("span");
  count.className = "number";
  count.textContent = share.incidents.toLocaleString("en");
  const length = document.createElement("i");
  length.style.width = `${(100 * share.incidents) / most}%`;
  link.append(length, name, count);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

/**
 * The address of this page with one filter set to something else, from the first incident on.
 * @param {string} filter
 * @param {string} value
 */
export function narrowed(filter, value) {
  const asked = new URLSearchParams(location.search);
  if (value) asked.set(filter, value);
  else asked.delete(filter);
  asked.delete("offset");
  asked.delete("at");
  const query = asked.toString();
  return query ? `${location.pathname}?${query}` : location.pathname;
}
