// The dossier of an actor: its incidents on map and timeline, and deciding on its names.

import { afterwards, open, renew, reveal, undo } from "./acts.js";
import { get } from "./api.js";
import { bind } from "./keys.js";
import { onChange } from "./live.js";
import { makeMap } from "./map.js";
import { onParts, swap } from "./parts.js";
import { makeTimeline } from "./timeline.js";
import { tried } from "./toast.js";
import "./light.js";

const key = () => document.querySelector("#actor")?.getAttribute("data-actor") ?? "";

/** Goes to the list of incidents, narrowed to this actor and what else is asked. @param {Record<string, string>} more */
function list(more) {
  const asked = new URLSearchParams({ actor: key() });
  for (const [name, value] of Object.entries(more)) if (value) asked.set(name, value);
  location.assign(`/?${asked}`);
}

async function draw() {
  const [box, line] = [document.querySelector("#map"), document.querySelector("#timeline")];
  if (!(box instanceof HTMLElement) || !(line instanceof HTMLElement)) return;
  const o = await get(`overview?actor=${encodeURIComponent(key())}`);
  makeMap(box, ([place]) => place && location.assign(`/incidents/${place.incident}`)).show(o.places, true);
  makeTimeline(line, (since, until) => list({ since, until })).show(o.months, "", "");
}

reveal();
onParts(() => (reveal(), tried(draw)));
tried(draw);

bind("m", "Merge with another actor", () => open("actor-merge"));
bind("a", "Add a name", () => open("actor-alias"));
bind("u", "Undo your last decision", () => tried(() => undo()));

const fresh = async () => renew(await swap(["actor"]));
afterwards(fresh);
onChange(() => fresh().catch(() => undefined));
