// Draws the pictures of the README from the page itself, on the bundled examples: node picture.mjs, after
// `cargo build --release`.
import { chromium } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KHABAR, ROOT, serve } from "./tests/khabar.js";

const folder = mkdtempSync(join(tmpdir(), "khabar-picture-"));
const archive = join(folder, "examples.db");
spawnSync(KHABAR, ["read", "testdata/examples/reports", "--archive", archive], { cwd: ROOT });
const site = await serve(archive);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ viewport: { width: 1360, height: 850 }, colorScheme, reducedMotion: "reduce" });
  for (const [name, find] of [["incidents", null], ["incident", /Baidoa/]]) {
    await page.goto(site.address);
    if (find) await page.locator('main a[href^="/incidents/"]').filter({ hasText: find }).first().click();
    await page.waitForLoadState("load");
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(ROOT, "docs/picture", `${name}-${colorScheme}.png`) });
  }
}
await browser.close();
site.end();
rmSync(folder, { recursive: true });
