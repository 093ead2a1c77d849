// Every view in light, dark and narrow: no serious finding of axe-core, and a picture in web/shots to be looked at.
import AxeBuilder from "@axe-core/playwright";
import { join } from "node:path";
import { expect, ROOT, test } from "./khabar.js";

const looks = [
  { name: "light", colorScheme: "light", width: 1440 },
  { name: "dark", colorScheme: "dark", width: 1440 },
  { name: "narrow", colorScheme: "light", width: 360 },
];

/** The views by name, as addresses; those of one thing are found from the lists that lead to it. */
async function views(page, address) {
  const first = async (list, prefix, words) => {
    await page.goto(address + list);
    const link = page.locator(`main a[href^="${prefix}"]`).filter({ hasText: words }).first();
    return (await link.getAttribute("href"))?.split("#")[0];
  };
  const incident = await first("/", "/incidents/", /Baidoa/);
  return {
    incidents: "/",
    incident,
    article: await first(incident, "/articles/", /./),
    actors: "/actors",
    actor: await first("/actors", "/actors/", /wadi/i),
    review: "/review",
    sources: "/sources",
    search: "/search?q=market",
    exchange: "/exchange",
    help: "/help",
  };
}

for (const look of looks) {
  test(`every view, ${look.name}`, async ({ page, site }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize({ width: look.width, height: 900 });
    for (const [name, address] of Object.entries(await views(page, site.address))) {
      await page.goto(site.address + address);
      await page.waitForLoadState("load");
      // The map and the charts say when they stand.
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await page.screenshot({ path: join(ROOT, "web/shots", `${name}-${look.name}.png`), fullPage: true });
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      const told = violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.map((n) => n.target.join(" ")).join("; ")}`);
      expect.soft(told, `${name}, ${look.name}`).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(wide, `${name} is wider than the window`).toBeLessThanOrEqual(0);
    }
  });
}
