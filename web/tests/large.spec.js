// A hundred thousand incidents stay usable: KHABAR_LARGE names an archive of `workbench invent`.
// What is asserted is what is shown, and how much travels; times are printed, since the machine may be shared.
import { expect, serve, test as base } from "./khabar.js";
import { readFileSync } from "node:fs";

const archive = process.env.KHABAR_LARGE;
base.skip(!archive, "KHABAR_LARGE names no archive");

base("the list, its filters and its map over a large archive", async ({ page }) => {
  const site = await serve(archive ?? "");
  const took = {};
  const time = async (name, work) => {
    const begun = performance.now();
    await work();
    took[name] = Math.round(performance.now() - begun);
  };
  const rows = page.locator("#list tbody tr[data-id]");
  await page.goto(site.address);
  for (const turn of ["first", "again"]) {
    await page.goto("about:blank");
    await time(`table, ${turn}`, async () => {
      await page.goto(site.address, { waitUntil: "commit" });
      await expect(rows).toHaveCount(50);
    });
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expect(page.locator(".spot").first()).toBeVisible();
  }
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  const total = Number(/[\d,]+/.exec((await page.locator("#count").textContent()) ?? "")?.[0].replaceAll(",", ""));
  for (const [name, query] of [["country", "country=SOM"], ["kind", "kind=bombing"], ["disputed", "disputed=true"], ["killed", "sort=-killed"], ["last page", "offset=100000"]]) {
    for (const [part, path] of [["page", `/?${query}`], ["overview", `/api/v1/overview?${query}`]]) {
      if (part === "overview" && /sort|offset/.test(query)) continue;
      await time(`${name}, ${part}`, async () => expect((await page.request.get(site.address + path)).ok()).toBe(true));
    }
  }
  await time("filter in the page", async () => {
    await page.locator("#disputed, [name=disputed]").first().check();
    await expect(page).toHaveURL(/disputed=true/);
    await expect(page.locator("#list[aria-busy=true], #split[aria-busy=true]")).toHaveCount(0);
  });
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${site.pid}/status`, "utf8"));
  expect(total).toBeGreaterThan(50_000);
  console.log({ total, "first contentful paint": paint, ...took, "memory of the server, MB": Math.round(Number(memory?.[1]) / 1024) });
  site.end();
});
