import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { countPlaywright, countVitest, isSuccess, readCounts, summaryLine } from "./test-counts.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-counts-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = path.join(folder, "report.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

const vitest = (passed: number, failed: number, testResults: object[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  success: failed === 0,
  testResults,
});

const playwright = (expected: number, unexpected: number, errors: object[] = []) => ({
  stats: { expected, unexpected, flaky: 0, skipped: 4 },
  errors,
});

test("counts what passed and failed", () => {
  expect(countVitest(vitest(12, 3))).toEqual({ passed: 12, failed: 3 });
  expect(countPlaywright(playwright(5, 1))).toEqual({ passed: 5, failed: 1 });
});

test("a test file that cannot be loaded is a failure, though no test of it failed", () => {
  const unloadable = { status: "failed", assertionResults: [] };
  const good = { status: "passed", assertionResults: [{}] };
  expect(countVitest(vitest(12, 0, [unloadable, good]))).toEqual({ passed: 12, failed: 1 });
});

test("an error outside of the tests is a failure", () => {
  expect(countPlaywright(playwright(5, 0, [{ message: "no config" }]))).toEqual({ passed: 5, failed: 1 });
});

test.each([
  ["a good run", vitest(2, 0), 0, { passed: 2, failed: 0 }],
  ["a run with failures", vitest(2, 1), 1, { passed: 2, failed: 1 }],
  ["a runner that failed without saying what", vitest(2, 0), 1, { passed: 2, failed: 1 }],
  ["a runner that was killed", vitest(2, 0), undefined, { passed: 2, failed: 1 }],
  ["a report that breaks off", '{"numPassedTests": 2', 0, { passed: 0, failed: 1 }],
  ["a report of something else", { tests: 2 }, 0, { passed: 0, failed: 1 }],
])("reads %s", (_, content, exitCode, expected) => {
  expect(readCounts(report(content), exitCode, countVitest)).toEqual(expected);
});

test("a missing report is a failure", () => {
  expect(readCounts(path.join(folder, "nothing.json"), 0, countVitest)).toEqual({ passed: 0, failed: 1 });
});

test("the last line says it in one form, and nothing passed is no success", () => {
  expect(summaryLine({ passed: 3, failed: 0 })).toBe("3 passed, 0 failed");
  expect([isSuccess({ passed: 3, failed: 0 }), isSuccess({ passed: 0, failed: 0 })]).toEqual([true, false]);
  expect(isSuccess({ passed: 3, failed: 1 })).toBe(false);
});
