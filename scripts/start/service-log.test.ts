import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ServiceLog } from "./service-log.ts";

let folder: string;
let shown: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-log-"));
  shown = [];
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const log = (showAll = false) => new ServiceLog(folder, { showAll, print: (line) => shown.push(line) });
const kept = (name = "web.log") => readFileSync(path.join(folder, name), "utf8");
const record = (level: string, msg: string, more = {}) => JSON.stringify({ level, msg, ...more });

test("keeps every line and shows warnings, errors and complaints", () => {
  const web = log();
  web.line("web", "listening", "stdout");
  web.line("web", record("info", "request"), "stdout");
  web.line("web", record("warn", "slow query"), "stdout");
  web.line(
    "web",
    record("error", "call failed", { err: { message: "\nsocket\n  closed", stack: "…" } }),
    "stdout",
  );
  web.line("web", "DeprecationWarning: old", "stderr");
  web.line("web", record("info", "request"), "stderr");
  expect(shown).toEqual([
    "web     | slow query",
    "web     | call failed: socket closed",
    "web     | DeprecationWarning: old",
  ]);
  expect(kept().trimEnd().split("\n")).toHaveLength(6);
});

test("shows everything when asked to, records as sentences", () => {
  const worker = log(true);
  worker.line("worker", record("info", "picked up"), "stdout");
  worker.line("worker", "{ not a record", "stdout");
  expect(shown).toEqual(["worker  | picked up", "worker  | { not a record"]);
});

test("a full file becomes the old one", () => {
  writeFileSync(path.join(folder, "web.log"), "x".repeat(10 * 1024 * 1024 + 1));
  log().line("web", "after", "stdout");
  expect(kept()).toBe("after\n");
  expect(kept("web.log.old")).toHaveLength(10 * 1024 * 1024 + 1);
});

test("goes on when the file cannot be written", () => {
  const web = log();
  rmSync(folder, { recursive: true });
  web.line("web", "still here", "stderr");
  expect(shown).toEqual(["web     | still here"]);
  expect(existsSync(folder)).toBe(false);
});
