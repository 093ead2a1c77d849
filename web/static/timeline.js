// Incidents and the dead by month, over one axis of time. Dragging chooses a span, a click one month or year.

import "/static/vendor/d3.js";

/** @typedef {{month: string, incidents: number, killed: number}} Month */
/** @typedef {{from: string, to: string, incidents: number, killed: number}} Bin */

const TOP = 6;
const BARS = 52;
const TOLL = 26;
const AXIS = 18;
const WIDEST = 56;
const HEIGHT = TOP + BARS + 4 + TOLL + AXIS;

/**
 * Makes a timeline. `choose` is called with the first and last month of a span, as in `2024-03`, or with nothing.
 * @param {HTMLElement} box
 * @param {(since: string, until: string) => unknown} choose
 */
export function makeTimeline(box, choose) {
  const svg = d3.select(box).append("svg").attr("height", HEIGHT).attr("aria-hidden", "true");
  const told = document.createElement("output");
  told.className = "told";
  box.append(told);
  const legend = () => told.replaceChildren(swatch("bar"), "incidents", swatch("toll"), "killed, at least");
  /** @type {Month[]} */
  let months = [];
  let since = "";
  let until = "";
  let marked = "";

  const draw = () => {
    const width = box.clientWidth;
    const bins = binned(months, width);
    svg.attr("width", width).selectAll("*").remove();
    legend();
    const [first, last] = [bins[0], bins.at(-1)];
    if (!first || !last || width < 100) return;

    const x = d3.scaleTime([day(first.from), after(last.to)], [34, width - 14]);
    const most = d3.max(bins, (b) => b.incidents) ?? 0;
    const worst = d3.max(bins, (b) => b.killed) ?? 0;
    const up = d3.scaleLinear([0, Math.max(1, most)], [0, BARS]);
    const deep = d3.scaleLinear([0, Math.max(1, worst)], [0, TOLL]);
    const low = TOP + BARS;
    const wide = (/** @type {Bin} */ b) => Math.min(WIDEST, Math.max(1, x(after(b.to)) - x(day(b.from)) - 1));

    /** @param {string} kind @param {(b: Bin) => number} y @param {(b: Bin) => number} h */
    const bars = (kind, y, h) =>
      svg.append("g").attr("class", kind).selectAll("rect").data(bins).join("rect")
        .attr("x", (b) => x(day(b.from))).attr("width", wide).attr("y", y).attr("height", h)
        .classed("out", (b) => (since !== "" && b.to < since.slice(0, 7)) || (until !== "" && b.from > until.slice(0, 7)));
    bars("incidents", (b) => low - up(b.incidents), (b) => up(b.incidents));
    bars("killed", () => low + 4, (b) => deep(b.killed));
    const count = (/** @type {number} */ n) => (n < 1000 ? `${n}` : d3.format(".2~s")(n));
    const note = (/** @type {number} */ y, /** @type {string} */ words) =>
      svg.append("text").attr("class", "scale").attr("x", 28).attr("y", y).text(words);
    note(TOP + 8, count(most));
    if (worst > 0) note(low + 4 + TOLL, count(worst));
    svg.append("line").attr("class", "base").attr("x1", 34).attr("x2", width).attr("y1", low + 2).attr("y2", low + 2);
    svg.append("g").attr("class", "axis").attr("transform", `translate(0 ${low + 4 + TOLL})`)
      .call(d3.axisBottom(x).tickValues(ticks(x, width)).tickFormat((d, i) => label(/** @type {Date} */ (d), i)).tickSizeOuter(0).tickSize(4));
    if (marked) {
      const at = x(day(marked.slice(0, 7)));
      const step = Math.min(WIDEST, Math.max(3, x(after(marked.slice(0, 7))) - at - 1));
      svg.append("rect").attr("class", "marked").attr("x", at).attr("width", step).attr("y", 0).attr("height", low + 4 + TOLL);
    }
    brush(bins, x, width);
  };

  /**
   * @param {Bin[]} bins
   * @param {import("d3").ScaleTime<number, number>} x
   * @param {number} width
   */
  const brush = (bins, x, width) => {
    const at = (/** @type {number} */ px) => bins.findLast((b) => x(day(b.from)) <= px) ?? bins[0];
    const drag = d3.brushX().extent([[34, 0], [width, TOP + BARS + 4 + TOLL]]);
    const layer = svg.append("g").attr("class", "brush").call(drag);
    if (since || until) {
      const from = since ? x(day(since.slice(0, 7))) : 34;
      const to = until ? x(after(until.slice(0, 7))) : width;
      layer.call(drag.move, [Math.max(34, Math.min(from, width)), Math.max(34, Math.min(to, width))]);
    }
    layer.on("pointermove", (/** @type {PointerEvent} */ e) => {
      const bin = at(d3.pointer(e)[0]);
      if (bin) told.textContent = `${spanned(bin.from, bin.to)}: ${bin.incidents.toLocaleString("en")} incidents, ${bin.killed.toLocaleString("en")} killed`;
    });
    layer.on("pointerleave", legend);
    drag.on("end", (e) => {
      if (!e.sourceEvent) return;
      const chosen = /** @type {[number, number] | null} */ (e.selection);
      const [a, b] = chosen ?? [d3.pointer(e.sourceEvent, svg.node())[0], NaN];
      const from = at(a + 1);
      const to = Number.isNaN(b) ? from : at(b - 1);
      // A click on what is chosen already lets it go.
      if (!chosen && since && until && from && from.from >= since && from.to <= until) choose("", "");
      else if (from && to) choose(from.from, to.to);
    });
  };

  new ResizeObserver(draw).observe(box);
  document.addEventListener("theme", draw);
  return {
    /** Shows months, and the span that is chosen among them. @param {Month[]} now @param {string} from @param {string} to */
    show(now, from, to) {
      [months, since, until] = [now, from, to];
      draw();
    },
    /** Marks the month of a day; nothing unmarks. @param {string} [date] */
    mark(date) {
      marked = /^\d{4}-\d\d/.test(date ?? "") ? `${date}` : "";
      draw();
    },
  };
}

/**
 * Months, the empty ones between them included; years where months would be too thin to be seen.
 * @param {Month[]} months
 * @param {number} width
 * @returns {Bin[]}
 */
function binned(months, width) {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return [];
  const by = new Map(months.map((m) => [m.month, m]));
  const all = d3.timeMonth.range(day(first.month), after(last.month)).map(d3.timeFormat("%Y-%m"));
  const bins = all.map((m) => ({ from: m, to: m, incidents: by.get(m)?.incidents ?? 0, killed: by.get(m)?.killed ?? 0 }));
  if (bins.length * 3 <= width) return bins;
  return d3.groups(bins, (b) => b.from.slice(0, 4)).map(([year, of]) => ({
    from: `${year}-01`,
    to: `${year}-12`,
    incidents: d3.sum(of, (b) => b.incidents),
    killed: d3.sum(of, (b) => b.killed),
  }));
}

/** First days of months or years, as many as have room. @param {import("d3").ScaleTime<number, number>} x @param {number} width */
function ticks(x, width) {
  const most = Math.max(2, Math.floor(width / 80));
  const [from, to] = /** @type {[Date, Date]} */ (x.domain());
  for (const step of [1, 3, 6]) {
    const days = /** @type {import("d3").TimeInterval} */ (d3.timeMonth.every(step)).range(from, to);
    if (days.length <= most) return days;
  }
  return x.ticks(most).filter((d) => d.getMonth() === 0 && d.getDate() === 1);
}

const month = d3.timeFormat("%b");
const year = d3.timeFormat("%Y");
const both = d3.timeFormat("%b %Y");

/** A year where it begins, else the month; the first tells both. @param {Date} day @param {number} i */
const label = (day, i) => (day.getMonth() === 0 ? year(day) : i === 0 ? both(day) : month(day));

/** @param {string} kind */
function swatch(kind) {
  const e = document.createElement("i");
  e.className = kind;
  return e;
}

/** The first day of a month or year. @param {string} month */
function day(month) {
  const [year = 0, m = 1] = month.split("-").map(Number);
  const date = new Date(2000, m - 1, 1);
  date.setFullYear(year);
  return date;
}

/** The first day after a month. @param {string} month */
const after = (month) => d3.timeMonth.offset(day(month), 1);

/** @param {string} from @param {string} to */
export function spanned(from, to) {
  if (from === to) return from;
  return from.endsWith("-01") && to.endsWith("-12") && from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : `${from} to ${to}`;
}
