// Articles that try to be more than text: scripts, huge words, control characters, marks that turn the direction, quotes.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, KHABAR, ROOT, serve, test as base, WORK } from "./khabar.js";

const test = base.extend({
  hostile: async ({}, use) => {
    const archive = join(WORK, `hostile-${process.pid}.db`);
    spawnSync(KHABAR, ["read", "testdata/hostile", "--archive", archive], { cwd: ROOT });
    const site = await serve(archive);
    await use(site);
    site.end();
  },
});

test("no page runs, fetches or is broken by what articles hold", async ({ page, hostile }) => {
  const wrong = [];
  page.on("dialog", (d) => (wrong.push(`dialog: ${d.message()}`), d.dismiss()));
  page.on("pageerror", (e) => wrong.push(String(e)));
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("request", (r) => new URL(r.url()).origin === hostile.address || wrong.push(`foreign request: ${r.url()}`));

  await page.setViewportSize({ width: 1000, height: 800 });
  const links = async (prefix) =>
    page.$$eval(`a[href^="${prefix}"]`, (found) => [...new Set(found.map((a) => a.getAttribute("href")))]);
  await page.goto(hostile.address);
  const incidents = await links("/incidents/");
  expect(incidents.length).toBe(6);
  const articles = new Set();
  for (const incident of incidents) {
    await page.goto(hostile.address + incident);
    for (const article of await links("/articles/")) articles.add(article.split("#")[0]);
  }
  expect(articles.size).toBe(6);
  await page.goto(hostile.address + "/actors");
  const actors = await links("/actors/");
  expect(actors.length).toBeGreaterThan(2);
  const others = ["/review", "/sources", "/search?q=killed", "/search?q=%22%3Cscript%3E", "/exchange", "/help"];
  for (const address of ["/", ...incidents, ...articles, ...actors, ...others]) {
    const answer = await page.goto(hostile.address + address);
    expect(answer?.status(), address).toBeLessThan(500);
    expect(await page.evaluate(() => /** @type {any} */ (window).hit), address).toBeUndefined();
    expect(await page.locator("main img, main script, main style").count(), address).toBe(0);
    // Words of twenty thousand letters are broken or scroll in their own box.
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${address} is wider than the window`).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => [...document.querySelectorAll("a[href]")].filter((a) => /^\s*(javascript|data):/i.test(a.getAttribute("href") ?? "")).length), address).toBe(0);
  }
  expect(wrong).toEqual([]);
});
