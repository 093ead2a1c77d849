// Copies the libraries of the page from npm's packages into static/vendor, or checks with --check that what stands there is
// what the packages hold. Nothing is changed on the way: what is served can be compared with what was published.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

const files = [
  ["@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", "inter-latin.woff2"],
  ["@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2", "inter-latin-ext.woff2"],
  ["@fontsource-variable/inter/LICENSE", "inter.LICENSE"],
  ["d3/dist/d3.min.js", "d3.js"],
  ["d3/LICENSE", "d3.LICENSE"],
  ["leaflet/dist/leaflet-src.esm.js", "leaflet.js"],
  ["leaflet/dist/leaflet.css", "leaflet.css"],
  ["leaflet/LICENSE", "leaflet.LICENSE"],
  ["supercluster/dist/supercluster.min.js", "supercluster.js"],
  ["supercluster/LICENSE", "supercluster.LICENSE"],
  ["topojson-client/dist/topojson-client.min.js", "topojson-client.js"],
  ["topojson-client/LICENSE", "topojson-client.LICENSE"],
  ["world-atlas/countries-50m.json", "countries-50m.json"],
  ["world-atlas/LICENSE", "world-atlas.LICENSE"],
];

const check = process.argv.includes("--check");
let wrong = 0;
for (const [from, to] of files) {
  const source = await readFile(new URL(`node_modules/${from}`, import.meta.url));
  const target = new URL(`static/vendor/${to}`, import.meta.url);
  if (check) {
    const kept = await readFile(target).catch(() => null);
    if (!kept?.equals(source)) {
      console.error(`static/vendor/${to} is not ${from}; run npm run vendor`);
      wrong += 1;
    }
  } else {
    await mkdir(dirname(target.pathname), { recursive: true });
    await writeFile(target, source);
  }
}
if (wrong > 0) process.exit(1);
console.log(`${files.length} vendored files ${check ? "are those of the packages" : "copied"}`);
