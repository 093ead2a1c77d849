import { expect, test } from "./khabar.js";

test("the incidents of the examples stand in the table", async ({ page, site }) => {
  await page.goto(site.address);
  await expect(page.getByRole("cell", { name: /Baidoa/ }).first()).toBeVisible();
});
