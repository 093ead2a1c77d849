// A small graph of names and ties, laid out by forces; the same each time.

import "/static/vendor/d3.js";

/**
 * @typedef {{from: string, to: string, times: number, kind: string}} Tie
 * @typedef {import("d3").SimulationNodeDatum & {name: string, size: number}} Knot
 */

const HEIGHT = 380;
const ROUNDS = 300;

/**
 * Draws ties between names into a box; anew when its width changes.
 * @param {HTMLElement} box
 * @param {Tie[]} ties
 */
export function drawGraph(box, ties) {
  const draw = () => {
    box.replaceChildren();
    if (box.clientWidth > 200) paint(box, ties, box.clientWidth);
  };
  draw();
  let width = box.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(box.clientWidth - width) < 8) return;
    width = box.clientWidth;
    draw();
  }).observe(box);
}

/** @param {HTMLElement} box @param {Tie[]} ties @param {number} width */
function paint(box, ties, width) {
  const sizes = d3.rollup(ties.flatMap((t) => [[t.from, t.times], [t.to, t.times]]), (of) => d3.sum(of, (o) => Number(o[1])), (o) => String(o[0]));
  /** @type {Knot[]} */
  const knots = [...sizes].map(([name, size]) => ({ name, size }));
  const links = ties.map((t) => ({ ...t, source: t.from, target: t.to }));
  const radius = d3.scaleSqrt([0, Math.max(8, d3.max(knots, (k) => k.size) ?? 0)], [3, 14]);
  const sim = d3.forceSimulation(knots)
    .force("link", d3.forceLink(links).id((k) => /** @type {Knot} */ (k).name).distance(80).strength(0.5))
    .force("charge", d3.forceManyBody().strength(-190))
    .force("x", d3.forceX().strength(0.05))
    .force("y", d3.forceY().strength(0.14))
    .force("room", d3.forceCollide(26))
    .stop();
  for (let i = 0; i < ROUNDS; i += 1) sim.tick();
  // Whatever came out fills the box, with room for names.
  spread(knots, "x", 80, width - 80);
  spread(knots, "y", 18, HEIGHT - 32);

  const svg = d3.select(box).append("svg").attr("class", "graph").attr("width", width).attr("height", HEIGHT);
  svg.append("defs").append("marker").attr("id", "tip").attr("viewBox", "0 0 8 8").attr("refX", 7).attr("refY", 4)
    .attr("markerWidth", 7).attr("markerHeight", 7).attr("markerUnits", "userSpaceOnUse").attr("orient", "auto")
    .append("path").attr("d", "M0 0L8 4L0 8z");
  const line = svg.append("g").selectAll("path").data(links).join("path")
    .attr("class", (l) => l.kind).attr("marker-end", "url(#tip)")
    .attr("stroke-width", (l) => 1 + 0.5 * Math.log2(l.times)).attr("d", (l) => {
      const [a, b] = [/** @type {Knot} */ (/** @type {unknown} */ (l.source)), /** @type {Knot} */ (/** @type {unknown} */ (l.target))];
      const [ax, ay, bx, by] = [a.x ?? 0, a.y ?? 0, b.x ?? 0, b.y ?? 0];
      const far = Math.hypot(bx - ax, by - ay) || 1;
      const stop = (far - radius(b.size) - 3) / far;
      const bend = l.kind === "copies" ? 0.12 : 0;
      return `M${ax} ${ay}Q${(ax + bx) / 2 + (by - ay) * bend} ${(ay + by) / 2 - (bx - ax) * bend} ${ax + (bx - ax) * stop} ${ay + (by - ay) * stop}`;
    });
  const knot = svg.append("g").selectAll("g").data(knots).join("g").attr("transform", (k) => `translate(${k.x} ${k.y})`);
  knot.append("circle").attr("r", (k) => radius(k.size));
  knot.append("text").attr("y", (k) => radius(k.size) + 12).attr("text-anchor", "middle").text((k) => (k.name.length > 24 ? `${k.name.slice(0, 23)}…` : k.name));
  // Who is pointed at stands out with its ties.
  knot.on("pointerenter", (_, k) => {
    line.classed("dim", (l) => l.from !== k.name && l.to !== k.name);
    knot.classed("dim", (o) => o !== k && !ties.some((t) => (t.from === k.name && t.to === o.name) || (t.to === k.name && t.from === o.name)));
  });
  knot.on("pointerleave", () => (line.classed("dim", false), knot.classed("dim", false)));
}

/** @param {Knot[]} knots @param {"x" | "y"} side @param {number} from @param {number} to */
function spread(knots, side, from, to) {
  const [low = 0, high = 0] = d3.extent(knots, (k) => k[side]);
  // Few names do not fly to the edges.
  const wide = Math.min(to - from, Math.max(1, high - low) * 1.6);
  const scale = d3.scaleLinear([low, high], [(from + to - wide) / 2, (from + to + wide) / 2]);
  for (const k of knots) k[side] = scale(k[side] ?? 0);
}
