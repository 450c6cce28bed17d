import { expect, test } from "vitest";
import { isSound, reportLines } from "./chaos-report.ts";
import { runChaos } from "./run-chaos.ts";

test("twelve workers killed under load: nothing is lost, nothing is doubled, every unknown outcome is settled", async () => {
  const report = await runChaos({ kills: 12, workers: 3, concurrency: 6 }, () => {});
  expect(report.broken).toEqual([]);
  expect(report).toMatchObject({ lost: 0, doubled: 0, killed: { before: 3, after: 3, between: 3, late: 3 } });
  expect(report.executions).toBe(report.events);
  expect(isSound(report)).toBe(true);
  // Otherwise no kill struck, and the test shows nothing.
  expect(report.struckCalls.before).toBeGreaterThan(0);
  expect(report.struckCalls.after).toBeGreaterThan(0);
  expect(report.struckCalls.late).toBeGreaterThan(0);
  expect(report.resumed).toBeGreaterThan(0);
  expect(reportLines(report)).toContain("lost              0");
}, 240_000);
