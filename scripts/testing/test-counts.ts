import { readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { projectFolder } from "../project-folder.ts";

/** How many tests passed and failed. */
export interface TestCounts {
  passed: number;
  failed: number;
  /** Each that failed: its file and name, then what it said. Printed once more at the end, as CI may keep no more than that. */
  failures: string[];
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const problem = z.object({ message: z.string().optional() });

const playwrightSpec = z.object({
  ok: z.boolean(),
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(z.object({ results: z.array(z.object({ error: problem.optional() })) })),
});

const playwrightSuite = z.object({
  specs: z.array(playwrightSpec).default([]),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});

type PlaywrightSuite = z.infer<typeof playwrightSuite>;

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  suites: z.array(playwrightSuite).default([]),
  errors: z.array(problem),
});

/** Counts from vitest's JSON report. A file that cannot even be loaded counts as one failed test. */
export function countVitest(report: unknown): TestCounts {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const unloadable = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const failures = testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => failure(`${fromHere(file.name)} > ${test.fullName}`, test.failureMessages?.[0])),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloadable.length,
    failures: [...failures, ...unloadable.map((file) => failure(fromHere(file.name), file.message))],
  };
}

/** Counts from Playwright's JSON report. An error outside any test counts as one failed test. */
export function countPlaywright(report: unknown): TestCounts {
  const { stats, suites, errors } = playwrightReport.parse(report);
  const failures = suites
    .flatMap(specsOf)
    .filter((spec) => !spec.ok)
    .map((spec) => {
      const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.error ?? []));
      return failure(`${spec.file}:${spec.line} > ${spec.title}`, errors.at(-1)?.message);
    });
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    failures: [...failures, ...errors.map((error) => failure("outside of the tests", error.message))],
  };
}

function specsOf(suite: PlaywrightSuite): z.infer<typeof playwrightSpec>[] {
  return [...suite.specs, ...suite.suites.flatMap(specsOf)];
}

function fromHere(file: string): string {
  return path.relative(projectFolder, file);
}

/** The most lines of a message that are printed again; the whole stands above, where the test failed. */
const MESSAGE_LINES = 12;

function failure(where: string, message = ""): string {
  const lines = stripVTControlCharacters(message).split("\n").slice(0, MESSAGE_LINES);
  return [where, ...lines.filter((line) => line.trim() !== "")].join("\n    ");
}

/**
 * Reads a report. A runner that failed without naming a failed test (it crashed, or found no tests), or that left no
 * readable report, counts as one failure: a broken run must never look like a good one.
 */
export function readCounts(
  file: string,
  exitCode: number | undefined,
  count: (report: unknown) => TestCounts,
): TestCounts {
  let counts: TestCounts;
  try {
    counts = count(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { passed: 0, failed: 1, failures: ["The runner left no report that can be read."] };
  }
  return exitCode !== 0 && counts.failed === 0
    ? { ...counts, failed: 1, failures: ["The runner failed without naming a test."] }
    : counts;
}

/** The line that ends every test run; CI reads it. */
export function summaryLine(counts: Pick<TestCounts, "passed" | "failed">): string {
  return `${counts.passed} passed, ${counts.failed} failed`;
}

/** Nothing passed is a failure too: it means that nothing ran. */
export function isSuccess(counts: Pick<TestCounts, "passed" | "failed">): boolean {
  return counts.failed === 0 && counts.passed > 0;
}
