// Starts the program on a copy of an archive, and ends it with the test.
import { test as base, expect } from "@playwright/test";
import { spawn } from "node:child_process";
import { copyFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

export const ROOT = resolve(import.meta.dirname, "../..");
export const KHABAR = process.env.KHABAR_BIN ?? join(ROOT, "target/release/khabar");
export const WORK = join(tmpdir(), "khabar-page-tests");
export const DEMO = join(WORK, "demo.db");

let number = 0;

/** Starts a server; resolves to its address and a way to end it. */
export async function serve(archive, ...args) {
  const child = spawn(KHABAR, ["serve", archive, "--port", "0", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((found, failed) => {
    lines.on("line", (line) => {
      const at = /http:\S+/.exec(line);
      if (at) found(at[0].replace(/\/$/, ""));
    });
    child.on("exit", (code) => failed(new Error(`khabar serve ended with ${code}`)));
  });
  return { address, pid: child.pid, end: () => child.kill("SIGINT") };
}

/** A test with `site`: a server on its own copy of the demo archive, and no errors in the browser's console. */
export const test = base.extend({
  site: async ({ page }, use) => {
    const archive = join(WORK, `${process.pid}-${++number}.db`);
    copyFileSync(DEMO, archive);
    const site = await serve(archive);
    const errors = [];
    page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
    page.on("pageerror", (e) => errors.push(String(e)));
    await use({ ...site, archive });
    site.end();
    expect(errors).toEqual([]);
  },
});

export { expect };
