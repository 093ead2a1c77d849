// The incidents: filters, map, timeline, keys; what one browser decides shows in the other.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, KHABAR, ROOT, test } from "./khabar.js";

const rows = (page) => page.locator("#list tbody tr[data-id]");

/** Says who decides, as the field at the head of the page asks. */
async function sign(page, name) {
  await page.locator("#who").fill(name);
  await page.locator("#who").press("Enter");
  await page.locator("#who").blur();
}

test("filters narrow the list, stand in the address and outlive a reload", async ({ page, site }) => {
  await page.goto(site.address);
  const all = await rows(page).count();
  expect(all).toBeGreaterThan(8);
  await page.getByLabel("Kind").selectOption("armed_attack");
  await expect(page).toHaveURL(/kind=armed_attack/);
  await expect.poll(() => rows(page).count()).toBeLessThan(all);
  const some = await rows(page).count();
  for (const kinds of await rows(page).locator(".kinds").allTextContents()) expect(kinds).toContain("armed attack");

  await page.reload();
  await expect(rows(page)).toHaveCount(some);
  await expect(page.getByLabel("Kind")).toHaveValue("armed_attack");

  await page.goBack();
  await expect(rows(page)).toHaveCount(all);
});

test("what is chosen on the map is shown in the list", async ({ page, site }) => {
  await page.goto(`${site.address}/?country=SOM`);
  // Both places of the city stand on one spot: they are chosen together.
  await page.locator(".spot").first().click();
  await expect(page.locator("#where p")).toHaveCount(2);
  await expect(page.locator("#where")).toContainText("Baidoa");
  await expect(page.locator("#list tbody tr.there")).toHaveCount(2);

  // The row of the only incident of a place is marked with it, and opens from there.
  await page.goto(`${site.address}/?country=GRC`);
  await page.locator(".spot").first().click();
  await expect(page.locator("#list tbody tr[aria-current=true]")).toContainText("Toumba");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/incidents\/i/);
});

test("two incidents are merged and parted again by keys alone", async ({ page, site }) => {
  await page.goto(site.address);
  await sign(page, "Nadia");
  const all = await rows(page).count();
  for (const key of ["j", "x", "j", "x", "m"]) await page.keyboard.press(key);
  await expect(rows(page)).toHaveCount(all - 1);
  await page.keyboard.press("u");
  await expect(rows(page)).toHaveCount(all);
});

test("what one browser decides, the other shows", async ({ page, site, browser }) => {
  const other = await (await browser.newContext()).newPage();
  await Promise.all([page.goto(site.address), other.goto(site.address)]);
  const all = await rows(page).count();
  await expect(rows(other)).toHaveCount(all);
  await sign(page, "Nadia");
  for (const key of ["j", "x", "j", "x", "m"]) await page.keyboard.press(key);
  await expect(rows(other)).toHaveCount(all - 1);
  await other.close();
});

test("a file that is dropped becomes an incident", async ({ page, site }) => {
  await page.goto(`${site.address}/exchange`);
  const text = [
    "Outlet: Marsh Gazette",
    "Published: 2025-06-04",
    "Title: Six killed as gunmen raid village near Maiduguri",
    "",
    "MAIDUGURI, Nigeria - Gunmen killed six farmers in a raid on a village near Maiduguri on Tuesday, police said.",
  ].join("\n");
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "marsh.txt", { type: "text/plain" }));
    return data;
  }, text);
  await page.dispatchEvent("#drop", "drop", { dataTransfer: data });
  await expect(page.locator("#jobs")).toContainText(/1 article new/);
  await page.goto(`${site.address}/?since=2025-06&until=2025-06`);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText("Maiduguri");
  await expect(rows(page).first().locator(".killed")).toContainText("6");
});

test("what was exported is what the command line exports", async ({ page, site }) => {
  await page.goto(`${site.address}/exchange`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /Table \(CSV\)/ }).click()]);
  expect(basename(download.suggestedFilename())).toMatch(/\.csv$/);
  const kept = readFileSync(await download.path(), "utf8");
  expect(kept).toBe(execFileSync(KHABAR, ["export", "csv", "--archive", site.archive], { cwd: ROOT, encoding: "utf8" }));
});
