import { readFileSync } from "node:fs";
import { z } from "zod";

/** How many tests passed and failed. */
export interface TestCounts {
  passed: number;
  failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  success: z.boolean(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts from vitest's JSON report. A file that cannot even be loaded counts as one failed test. */
export function countVitest(report: unknown): TestCounts {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const unloadable = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + unloadable.length };
}

/** Counts from Playwright's JSON report. An error outside any test counts as one failed test. */
export function countPlaywright(report: unknown): TestCounts {
  const { stats, errors } = playwrightReport.parse(report);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
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
    return { passed: 0, failed: 1 };
  }
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The line that ends every test run; CI reads it. */
export function summaryLine(counts: TestCounts): string {
  return `${counts.passed} passed, ${counts.failed} failed`;
}

/** Nothing passed is a failure too: it means that nothing ran. */
export function isSuccess(counts: TestCounts): boolean {
  return counts.failed === 0 && counts.passed > 0;
}
