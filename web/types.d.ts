// Libraries that are loaded as plain scripts and stand in the window.
import type * as D3 from "d3";
import type SuperclusterType from "supercluster";
import type * as TopojsonType from "topojson-client";

declare global {
  const d3: typeof D3;
  const Supercluster: typeof SuperclusterType;
  const topojson: typeof TopojsonType;
}
