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
  expect(countVitest(vitest(12, 3))).toMatchObject({ passed: 12, failed: 3 });
  expect(countPlaywright(playwright(5, 1))).toMatchObject({ passed: 5, failed: 1 });
});

test("a test file that cannot be loaded is a failure, though no test of it failed", () => {
  const unloadable = { name: "a.ts", status: "failed", message: "no such module", assertionResults: [] };
  const good = { name: "b.ts", status: "passed", assertionResults: [{ status: "passed", fullName: "adds" }] };
  const counts = countVitest(vitest(12, 0, [unloadable, good]));
  expect(counts).toMatchObject({ passed: 12, failed: 1 });
  expect(counts.failures).toEqual([expect.stringMatching(/a\.ts\n {4}no such module$/)]);
});

test("an error outside of the tests is a failure", () => {
  expect(countPlaywright(playwright(5, 0, [{ message: "no config" }]))).toEqual({
    passed: 5,
    failed: 1,
    failures: ["outside of the tests\n    no config"],
  });
});

test("each that failed is named with its file and the beginning of what it said", () => {
  const message = ["\u001b[31mexpected 1 to be 2\u001b[39m", "", ...Array(30).fill("at a line")].join("\n");
  const tests = [
    { status: "passed", fullName: "adds" },
    { status: "failed", fullName: "numbers subtracts", failureMessages: [message] },
  ];
  const file = { name: path.resolve("lib/numbers.test.ts"), status: "failed", assertionResults: tests };
  const [named = ""] = countVitest(vitest(1, 1, [file])).failures;
  expect(named.split("\n").slice(0, 2)).toEqual([
    "lib/numbers.test.ts > numbers subtracts",
    "    expected 1 to be 2",
  ]);
  expect(named.split("\n").length).toBeLessThan(15);
});

test("a failed spec is found however deep it lies", () => {
  const spec = { title: "opens", file: "a.spec.ts", line: 7 };
  const good = { ...spec, ok: true, tests: [{ results: [{}] }] };
  const bad = { ...spec, ok: false, line: 9, tests: [{ results: [{ error: { message: "not visible" } }] }] };
  const suites = [{ specs: [good], suites: [{ specs: [], suites: [{ specs: [bad] }] }] }];
  expect(countPlaywright({ ...playwright(1, 1), suites }).failures).toEqual([
    "a.spec.ts:9 > opens\n    not visible",
  ]);
});

test.each([
  ["a good run", vitest(2, 0), 0, { passed: 2, failed: 0 }],
  ["a run with failures", vitest(2, 1), 1, { passed: 2, failed: 1 }],
  ["a runner that failed without saying what", vitest(2, 0), 1, { passed: 2, failed: 1 }],
  ["a runner that was killed", vitest(2, 0), undefined, { passed: 2, failed: 1 }],
  ["a report that breaks off", '{"numPassedTests": 2', 0, { passed: 0, failed: 1 }],
  ["a report of something else", { tests: 2 }, 0, { passed: 0, failed: 1 }],
])("reads %s", (_, content, exitCode, expected) => {
  expect(readCounts(report(content), exitCode, countVitest)).toMatchObject(expected);
});

test("a missing report is a failure", () => {
  expect(readCounts(path.join(folder, "nothing.json"), 0, countVitest)).toMatchObject({
    passed: 0,
    failed: 1,
  });
});

test("the last line says it in one form, and nothing passed is no success", () => {
  expect(summaryLine({ passed: 3, failed: 0 })).toBe("3 passed, 0 failed");
  expect([isSuccess({ passed: 3, failed: 0 }), isSuccess({ passed: 0, failed: 0 })]).toEqual([true, false]);
  expect(isSuccess({ passed: 3, failed: 1 })).toBe(false);
});
