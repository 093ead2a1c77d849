// The review: what needs a person, worked with keys.
import { expect, test } from "./khabar.js";

test("the queue is worked without a mouse", async ({ page, site }) => {
  await page.goto(site.address);
  await page.locator("#who").fill("Nadia");
  await page.locator("#who").press("Enter");
  await page.goto(`${site.address}/review`);
  const progress = page.locator("#progress");
  await expect(progress).toContainText(/\d+ of \d+/);
  const first = await progress.textContent();
  await page.keyboard.press("j");
  await expect(progress).not.toHaveText(first ?? "");
  await page.keyboard.press("k");
  await expect(progress).toHaveText(first ?? "");
  await page.keyboard.press("?");
  await expect(page.locator("dialog[open]")).toContainText("Merge");
  await page.keyboard.press("Escape");
});
