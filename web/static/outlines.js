// The ground of a map without any server of tiles: Natural Earth's outlines of countries, drawn tile by tile.

import * as L from "/static/vendor/leaflet.js";
import "/static/vendor/d3.js";
import "/static/vendor/topojson-client.js";

/** @typedef {{name: string, shape: Path2D, box: [number, number, number, number], at: [number, number]}} Country */

// Tiles are drawn at this size; the world at zoom 0 is a square of 256, as Leaflet has it.
const TILE = 512;
const WORLD = 256;

/** @type {Promise<Country[]> | undefined} */
let fetched;

/** The countries, fetched and projected once a page. */
const countries = () => (fetched ??= outlines());

/**
 * The countries in units of the world at zoom 0.
 * @returns {Promise<Country[]>}
 */
async function outlines() {
  const world = await (await fetch("/static/vendor/countries-50m.json")).json();
  // The projection cuts at the date line and fills the gap at the pole, which plain coordinates would leave open.
  const flat = d3.geoMercator().scale(WORLD / (2 * Math.PI)).translate([WORLD / 2, WORLD / 2]).precision(0);
  const path = d3.geoPath(flat);
  /** @type {import("geojson").FeatureCollection} */
  const all = /** @type {any} */ (topojson.feature(world, world.objects.countries));
  return all.features.map((f) => {
    const shape = new Path2D();
    d3.geoPath(flat, /** @type {any} */ (shape))(f);
    const [[west, north], [east, south]] = path.bounds(f);
    const [x, y] = path.centroid(largest(f));
    const at = flat.invert?.([x, y]) ?? [0, 0];
    return { name: String(f.properties?.["name"] ?? ""), shape, box: [west, north, east, south], at: [at[1], at[0]] };
  });
}

/**
 * The largest part of a country, in which its name stands: that of France is not in the Atlantic.
 * @param {import("geojson").Feature} f
 * @returns {import("geojson").Feature}
 */
function largest(f) {
  if (f.geometry.type !== "MultiPolygon") return f;
  const parts = f.geometry.coordinates.map((coordinates) => ({ type: /** @type {const} */ ("Polygon"), coordinates }));
  const geometry = d3.greatest(parts, (p) => d3.geoArea(p)) ?? f.geometry;
  return { type: "Feature", properties: {}, geometry };
}

/** The value of a colour of the style. @param {string} name */
export function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/**
 * Tiles of outlines.
 * @type {new (options: L.GridLayerOptions) => L.GridLayer}
 */
const Outlines = /** @type {any} */ (L.GridLayer.extend({
  /**
   * @param {L.Coords} at
   * @param {(error: Error | undefined, tile: HTMLElement) => void} done
   */
  createTile(at, done) {
    const sharp = Math.min(2, devicePixelRatio || 1);
    const tile = document.createElement("canvas");
    tile.width = tile.height = TILE * sharp;
    countries().then(
      (all) => (draw(tile, at, sharp, all), done(undefined, tile)),
      (e) => done(e, tile),
    );
    return tile;
  },
}));

/**
 * @param {HTMLCanvasElement} tile
 * @param {L.Coords} at
 * @param {number} sharp
 * @param {Country[]} all
 */
function draw(tile, at, sharp, all) {
  const ctx = tile.getContext("2d");
  if (!ctx) return;
  const [water, land, line] = [colour("--water"), colour("--land"), colour("--line")];
  const scale = 2 ** at.z;
  const side = TILE / scale;
  // Tiles beyond the date line show the same world again.
  const left = ((((at.x * side) % WORLD) + WORLD) % WORLD);
  const top = at.y * side;
  ctx.fillStyle = water;
  ctx.fillRect(0, 0, tile.width, tile.height);
  ctx.scale(scale * sharp, scale * sharp);
  ctx.translate(-left, -top);
  ctx.fillStyle = land;
  ctx.strokeStyle = line;
  ctx.lineWidth = 1 / scale;
  ctx.lineJoin = "round";
  for (const c of all) {
    const [west, north, east, south] = c.box;
    if (east < left || west > left + side || south < top || north > top + side) continue;
    ctx.fill(c.shape);
    ctx.stroke(c.shape);
  }
}

/**
 * Lays the outlines under a map, and the names of countries where there is room.
 * @param {L.Map} map
 */
export function outlined(map) {
  const ground = new Outlines({ tileSize: TILE, attribution: "Outlines: Natural Earth", noWrap: false, keepBuffer: 1 });
  ground.addTo(map);
  document.addEventListener("theme", () => ground.redraw());
  const names = L.layerGroup().addTo(map);
  const write = async () => {
    const all = await countries().catch(() => []);
    names.clearLayers();
    const scale = 2 ** map.getZoom();
    const view = map.getBounds();
    for (const c of all) {
      const width = (c.box[2] - c.box[0]) * scale;
      if (width < 8 * c.name.length || map.getZoom() < 3 || !view.contains(c.at)) continue;
      const words = document.createElement("span");
      words.textContent = c.name;
      const icon = L.divIcon({ className: "country-name", html: words, iconSize: [0, 0] });
      L.marker(c.at, { icon, interactive: false, keyboard: false }).addTo(names);
    }
  };
  map.on("moveend", write);
  write();
}
