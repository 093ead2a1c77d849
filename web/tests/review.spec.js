// The review: what needs a person, worked with keys.
import { expect, test } from "./khabar.js";

test("the queue is worked without a mouse", async ({ page, site }) => {
  await page.goto(site.address);
  await page.locator("#who").fill("Nadia");
  await page.locator("#who").press("Enter");
  await page.goto(`${site.address}/review`);
  const item = page.locator("#item");
  await expect(page.locator("#progress")).toContainText(/\d+ of \d+/);
  const first = (await item.getAttribute("data-key")) ?? "";
  await page.keyboard.press("j");
  await expect(item).not.toHaveAttribute("data-key", first);
  await page.keyboard.press("k");
  await expect(item).toHaveAttribute("data-key", first);
  await page.keyboard.press("?");
  await expect(page.locator("dialog[open]")).toContainText("Merge");
  await page.keyboard.press("Escape");

  // A decision brings the next item, and its undo brings it back.
  const before = await page.locator("#progress").textContent();
  // The accounts of the first item were joined by a narrow margin: m leaves them together.
  await page.keyboard.press("m");
  await expect(item).not.toHaveAttribute("data-key", first);
  await expect(page.locator("#progress")).not.toHaveText(before ?? "");
  await page.keyboard.press("u");
  await expect(page.locator("#progress")).toHaveText(before ?? "");
  await expect(item).toHaveAttribute("data-key", first);
});
