import path from "node:path";
import { startTestServer } from "../database/test-database.ts";
import { projectFolder } from "../project-folder.ts";
import { runRunner } from "./run-runner.ts";
import { countVitest, readCounts, type TestCounts } from "./test-counts.ts";

/** Runs the unit and integration tests, with a database server for those that ask for one. */
export async function runUnitTests(
  extra: string[],
  environment: NodeJS.ProcessEnv,
  reportFolder: string,
  signal: AbortSignal,
): Promise<TestCounts> {
  const server = await startTestServer();
  try {
    const report = path.join(reportFolder, "vitest.json");
    const vitest = path.join(projectFolder, "node_modules", "vitest", "vitest.mjs");
    const args = [
      vitest,
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...extra,
    ];
    const code = await runRunner(args, { ...environment, TEST_DATABASE_URL: server.adminUrl }, signal);
    return readCounts(report, code, countVitest);
  } finally {
    await server.release();
  }
}
