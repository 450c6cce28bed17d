// `npm test`: every test. `npm run test:unit` and `npm run test:e2e` run one half; further arguments go to the runner:
// `npm run test:unit -- lib/flow`, `npm run test:e2e -- --headed builder.spec.ts`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { variables } from "#lib/server/env/variables.ts";
import { describeFailure } from "./problem.ts";
import { runBrowserTests } from "./testing/run-browser-tests.ts";
import { runUnitTests } from "./testing/run-unit-tests.ts";
import { isSuccess, summaryLine, type TestCounts } from "./testing/test-counts.ts";

type Half = (
  extra: string[],
  environment: NodeJS.ProcessEnv,
  reportFolder: string,
  signal: AbortSignal,
) => Promise<TestCounts>;

const halves: Record<string, Half> = { unit: runUnitTests, e2e: runBrowserTests };

async function main(args: string[]): Promise<TestCounts> {
  const chosen = args[0] !== undefined && args[0] in halves ? args[0] : undefined;
  const extra = chosen === undefined ? args : args.slice(1);
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interruption.abort());
  const total: TestCounts = { passed: 0, failed: 0, failures: [] };
  for (const [name, run] of Object.entries(halves)) {
    if (chosen !== undefined && chosen !== name) continue;
    const counts = await runHalf(name, run, extra, interruption.signal);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.failures.push(...counts.failures);
  }
  return total;
}

async function runHalf(name: string, run: Half, extra: string[], signal: AbortSignal): Promise<TestCounts> {
  const startedAt = Date.now();
  const reportFolder = mkdtempSync(path.join(tmpdir(), "flowdeck-report-"));
  console.log(`\n== ${name}`);
  try {
    signal.throwIfAborted();
    return await run(extra, cleanEnvironment(), reportFolder, signal);
  } catch (error) {
    const problem = signal.aborted ? "Interrupted." : describeFailure(error);
    console.error(problem);
    return { passed: 0, failed: 1, failures: [`${name}: ${problem}`] };
  } finally {
    rmSync(reportFolder, { recursive: true, force: true });
    console.log(`== ${name}: ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
}

/** Tests must neither depend on how this machine is configured nor touch the database it uses. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  for (const name of Object.keys(variables)) delete environment[name];
  return environment;
}

const total = await main(process.argv.slice(2));
process.exitCode = isSuccess(total) ? 0 : 1;
for (const failure of total.failures) console.log(`\nFAILED ${failure}`);
console.log(`\n${summaryLine(total)}`);
