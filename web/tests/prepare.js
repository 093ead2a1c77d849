// Made once for all tests: an archive of the bundled example articles.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { DEMO, KHABAR, ROOT, WORK } from "./khabar.js";

export default function prepare() {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const made = spawnSync(KHABAR, ["read", "testdata/examples/reports", "--archive", DEMO], { cwd: ROOT, encoding: "utf8" });
  // 1 tells of problems with single articles, and the examples may have some.
  if (made.error || made.status === null || made.status > 1) {
    throw new Error(`the examples cannot be read: ${made.error ?? made.stderr}`);
  }
}
