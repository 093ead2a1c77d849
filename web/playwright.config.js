// Tests in a real browser: `npm test` after `cargo build --release`. Chromium is the system's, as packages of Debian bring it;
// CHROMIUM names another.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Two cores, and one server a worker.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  globalSetup: "./tests/prepare.js",
  use: {
    actionTimeout: 10_000,
    viewport: { width: 1280, height: 900 },
    // No test waits for what moves.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
