// Places on a map: clustered, each with how narrowly it is known, and never as a point that it is not.

import * as L from "/static/vendor/leaflet.js";
import "/static/vendor/supercluster.js";
import { get } from "./api.js";
import { colour, outlined } from "./outlines.js";

/**
 * @typedef {{name: string, country: string, latitude: number, longitude: number, precision: string, incidents: number,
 *   disputed: number, killed: number, incident: string}} Place
 * @typedef {{n: number, disputed: number, killed: number}} Sum
 */

/** Metres around the point in which a place of this precision may lie; a country has no such disc. */
const REACH = new Map([["district", 15_000], ["province", 75_000]]);
/** The nearest that one can go. */
const ZOOM = 12;
const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes a map. `choose` is called when places are chosen on it: one, or all that stand on one spot.
 * @param {HTMLElement} box
 * @param {(places: Place[]) => unknown} choose
 */
export function makeMap(box, choose) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    minZoom: 1,
    maxZoom: ZOOM,
    worldCopyJump: true,
    zoomAnimation: !still,
    fadeAnimation: false,
    attributionControl: false,
  });
  L.control.attribution({ prefix: false }).addTo(map);
  map.setView([20, 20], 1);
  ground(map);

  const discs = L.layerGroup().addTo(map);
  const marks = L.layerGroup().addTo(map);
  const chosen = L.layerGroup().addTo(map);
  /** @type {Place[]} */
  let places = [];
  /** @type {InstanceType<typeof Supercluster<Place, Sum>>} */
  let index = clusters([]);
  /** @type {Place | undefined} */
  let marked;

  const draw = () => {
    discs.clearLayers();
    marks.clearLayers();
    const view = map.getBounds().pad(0.2);
    const zoom = Math.round(map.getZoom());
    const found = index.getClusters([Math.max(-180, view.getWest()), view.getSouth(), Math.min(180, view.getEast()), view.getNorth()], zoom);
    for (const f of found) {
      const [longitude = 0, latitude = 0] = f.geometry.coordinates;
      if ("cluster" in f.properties && f.properties.cluster) {
        const id = f.properties.cluster_id;
        const words = told(f.properties);
        mark([latitude, longitude], cluster(f.properties), `Several places: ${words}`, () => {
          // Places on one spot, such as a city and its market, never come apart, however near one goes.
          const all = index.getLeaves(id, Infinity).map((l) => l.properties);
          const one = all.every((p) => p.latitude === all[0]?.latitude && p.longitude === all[0]?.longitude);
          if (one) choose(all);
          else map.setView([latitude, longitude], Math.min(index.getClusterExpansionZoom(id), ZOOM));
        });
      } else {
        const place = /** @type {Place} */ (f.properties);
        disc(place, discs, "--accent");
        mark([latitude, longitude], spot(place), `${named(place)}: ${told({ n: place.incidents, ...place })}`, () => choose([place]));
      }
    }
  };

  /**
   * @param {L.LatLngTuple} at
   * @param {SVGElement} shape
   * @param {string} words
   * @param {() => unknown} act
   */
  const mark = (at, shape, words, act) => {
    const size = Number(shape.getAttribute("width"));
    // @ts-ignore: Leaflet takes an element of any kind.
    const icon = L.divIcon({ className: "spot", html: shape, iconSize: [size, size] });
    const marker = L.marker(at, { icon, alt: words, riseOnHover: true }).addTo(marks);
    marker.bindTooltip(() => text(words), { direction: "top", offset: [0, -size / 2] });
    marker.on("click", act);
    marker.on("keydown", (/** @type {L.LeafletKeyboardEvent} */ e) => {
      if (e.originalEvent.key !== "Enter" && e.originalEvent.key !== " ") return;
      e.originalEvent.preventDefault();
      act();
    });
    marker.getElement()?.setAttribute("aria-label", words);
  };

  const ring = () => {
    chosen.clearLayers();
    if (!marked) return;
    disc(marked, chosen, "--warn");
    L.circleMarker([marked.latitude, marked.longitude], { radius: 15, weight: 3, color: colour("--ink"), fill: false, interactive: false }).addTo(chosen);
  };

  map.on("moveend", draw);
  document.addEventListener("theme", () => (draw(), ring()));
  /** A map that has no room yet is moved to its places when it gets some. */
  let waiting = false;
  const fit = () => {
    waiting = box.clientWidth === 0;
    if (waiting || places.length === 0) return;
    const all = L.latLngBounds(places.map((p) => [p.latitude, p.longitude]));
    map.fitBounds(all, { padding: [40, 40], maxZoom: 6, animate: !still });
  };
  new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    if (waiting) fit();
  }).observe(box);

  return {
    /** Shows places; `move` moves the map so that all can be seen. @param {Place[]} now @param {boolean} move */
    show(now, move) {
      places = now;
      index = clusters(now);
      if (move) fit();
      draw();
    },
    /** Marks a place and moves it into view; nothing unmarks. @param {Place} [place] */
    mark(place) {
      marked = place;
      ring();
      if (place && !map.getBounds().pad(-0.1).contains([place.latitude, place.longitude])) {
        map.panTo([place.latitude, place.longitude], { animate: !still });
      }
    },
    /** The places in view, the most frequent first. */
    visible: () => places.filter((p) => map.getBounds().contains([p.latitude, p.longitude])),
    /** Calls back after the map moved. @param {() => unknown} act */
    onMove: (act) => map.on("moveend", act),
  };
}

/** Tiles of the server that was named for them, else outlines. @param {L.Map} map */
async function ground(map) {
  const { tiles } = await get("about").catch(() => ({ tiles: null }));
  if (tiles) L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  else outlined(map);
}

/** @param {Place[]} places */
function clusters(places) {
  /** @type {InstanceType<typeof Supercluster<Place, Sum>>} */
  const index = new Supercluster({
    radius: 56,
    maxZoom: ZOOM,
    map: (/** @type {Place} */ p) => ({ n: p.incidents, disputed: p.disputed, killed: p.killed }),
    reduce: (/** @type {Sum} */ sum, /** @type {Readonly<Sum>} */ p) => {
      sum.n += p.n;
      sum.disputed += p.disputed;
      sum.killed += p.killed;
    },
  });
  return index.load(
    places.map((p) => ({ type: "Feature", properties: p, geometry: { type: "Point", coordinates: [p.longitude, p.latitude] } })),
  );
}

/** How large a mark of so many incidents is, in pixels. @param {number} n */
const size = (n) => Math.min(48, 18 + 2.7 * Math.log2(n));

/** @param {Sum} sum */
function cluster(sum) {
  const d = Math.max(26, size(sum.n));
  const svg = frame(d, sum.disputed > 0 ? "cluster some-disputed" : "cluster");
  add(svg, "circle", { cx: d / 2, cy: d / 2, r: d / 2 - 2.5, class: "body" });
  if (sum.disputed > 0) {
    const r = d / 2 - 2;
    const round = 2 * Math.PI * r;
    const part = (sum.disputed / sum.n) * round;
    const arc = { cx: d / 2, cy: d / 2, r, class: "arc", "stroke-dasharray": `${part} ${round - part}`, transform: `rotate(-90 ${d / 2} ${d / 2})` };
    add(svg, "circle", arc);
  }
  add(svg, "text", { x: d / 2, y: d / 2, class: "count" }).textContent = sum.n < 1000 ? `${sum.n}` : `${Math.round(sum.n / 1000)}k`;
  return svg;
}

/** A place: a dot if narrow, hollow if wide, a dashed square for a whole country; with corners if disputed. @param {Place} p */
function spot(p) {
  const n = p.incidents;
  const d = n > 1 ? Math.max(24, size(n)) : 24;
  const r = n > 1 ? d / 2 - 3 : 6;
  const c = d / 2;
  const wide = p.precision === "province" || p.precision === "district";
  const svg = frame(d, [p.precision === "country" || !p.precision ? "country" : wide ? "wide" : "narrow", p.disputed > 0 ? "disputed-spot" : ""].join(" "));
  if (p.precision === "country" || !p.precision) add(svg, "rect", { x: c - r, y: c - r, width: 2 * r, height: 2 * r, class: "body" });
  else if (p.disputed > 0 && n === 1) add(svg, "path", { d: `M${c} ${c - r - 2}L${c + r + 2} ${c}L${c} ${c + r + 2}L${c - r - 2} ${c}z`, class: "body" });
  else add(svg, "circle", { cx: c, cy: c, r, class: "body" });
  if (p.disputed > 0 && n > 1) add(svg, "path", { d: `M${d - 6} 0l6 6l-6 6l-6 -6z`, class: "corner" });
  if (n > 1) add(svg, "text", { x: c, y: c, class: "count" }).textContent = `${n}`;
  return svg;
}

/**
 * @param {Place} p
 * @param {L.LayerGroup} on
 * @param {string} tint
 */
function disc(p, on, tint) {
  const radius = REACH.get(p.precision);
  if (!radius) return;
  const color = colour(tint);
  L.circle([p.latitude, p.longitude], { radius, color, weight: 1, opacity: 0.6, fillOpacity: 0.08, interactive: false }).addTo(on);
}

/** @param {Place} p */
export function named(p) {
  const where = [p.name, p.country].filter(Boolean).join(", ");
  return p.precision && p.precision !== "site" && p.precision !== "city" ? `${where} (${p.precision})` : where;
}

/** @param {Sum} sum */
export function told({ n, disputed, killed }) {
  const parts = [`${n} ${n === 1 ? "incident" : "incidents"}`];
  if (killed > 0) parts.push(`${killed} killed`);
  if (disputed > 0) parts.push(`${disputed} disputed`);
  return parts.join(", ");
}

/** @param {number} d @param {string} kind */
function frame(d, kind) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [k, v] of Object.entries({ width: d, height: d, viewBox: `0 0 ${d} ${d}`, class: kind, "aria-hidden": "true" })) svg.setAttribute(k, `${v}`);
  return svg;
}

/** @param {SVGElement} to @param {string} name @param {Record<string, string | number>} attributes */
function add(to, name, attributes) {
  const e = document.createElementNS(SVG, name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, `${v}`);
  to.append(e);
  return e;
}

/** @param {string} words */
function text(words) {
  const e = document.createElement("span");
  e.dir = "auto";
  e.textContent = words;
  return e;
}
