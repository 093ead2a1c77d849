// One incident: the words are marked where they stand, values and words light each other, decisions are made by keys.
import { expect, test } from "./khabar.js";

/** Opens the incident whose row holds the words; gives its id. */
async function open(page, site, words) {
  await page.goto(site.address);
  await page.locator('main a[href^="/incidents/"]').filter({ hasText: words }).first().click();
  await expect(page.locator("#incident")).toBeVisible();
  return new URL(page.url()).pathname.split("/")[2];
}

const squeezed = (text) => text.replace(/\s+/g, " ").trim();

test("every piece of evidence is marked at its words", async ({ page, site, request }) => {
  const id = await open(page, site, /livestock market/);
  const incident = await (await request.get(`${site.address}/api/v1/incidents/${id}`)).json();
  expect(incident.accounts.length).toBe(4);
  for (const [i, account] of incident.accounts.entries()) {
    // What bears one value, put together piece by piece.
    const marked = await page.locator(`#a${i + 1} mark[data-v]`).evaluateAll((marks) => {
      const of = new Map();
      for (const m of marks) for (const v of (m.dataset.v ?? "").split(" ")) of.set(v, (of.get(v) ?? "") + m.textContent);
      return [...of.values()];
    });
    const texts = marked.map(squeezed);
    const words = [
      ...account.figures.flatMap((f) => f.evidence),
      ...account.perpetrators.flatMap((p) => p.evidence),
      ...Object.values(account.evidence).flat(),
    ].map((e) => squeezed(e.words));
    expect(words.length).toBeGreaterThan(4);
    for (const w of words) expect(texts.some((t) => t.includes(w)), `${w}, in account ${i + 1}`).toBe(true);
  }
});

test("a value lights its words, and the words their value", async ({ page, site }) => {
  await open(page, site, /livestock market/);
  const value = page.locator("#a1 a.value", { hasText: "9+ people" });
  await value.hover();
  const lit = page.locator("#a1 mark.lit");
  await expect(lit.first()).toBeVisible();
  expect(squeezed((await lit.allTextContents()).join(""))).toContain("at least nine people");
  await page.mouse.move(2, 2);
  await expect(lit).toHaveCount(0);

  await page.locator("#a1 mark", { hasText: "nine people" }).first().hover();
  await expect(value).toHaveClass(/lit/);
});

test("a correction by keys shows at once, and is taken back", async ({ page, site }) => {
  await open(page, site, /livestock market/);
  await page.locator("#who").fill("Nadia");
  await page.locator("#who").press("Enter");
  await page.locator("#who").blur();
  await page.keyboard.press("c");
  const dialog = page.locator("dialog[open]");
  await dialog.getByLabel("Field").selectOption("killed");
  await dialog.getByLabel("Value").fill("16");
  await dialog.getByRole("button", { name: "Correct" }).click();
  const killed = page.locator("#readings tr.chosen", { hasText: "16" });
  await expect(killed).toContainText("Nadia");
  await expect(page.locator("#decisions")).toContainText("Nadia");

  await page.keyboard.press("u");
  await expect(killed).toHaveCount(0);
});

test("the rule is chosen in the address", async ({ page, site }) => {
  const id = await open(page, site, /livestock market/);
  await page.goto(`${site.address}/incidents/${id}?rule=killed=latest`);
  await expect(page.locator("#readings")).toContainText("latest");
  // Without scripts the page says the same.
  const plain = await (await fetch(`${site.address}/incidents/${id}`)).text();
  expect(plain).toContain("at least nine people");
});

test("an incident can be printed with its words and without buttons", async ({ page, site }) => {
  await open(page, site, /livestock market/);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("#incident .acts")).toBeHidden();
  await expect(page.locator("#a1 mark").first()).toBeVisible();
});
