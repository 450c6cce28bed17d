import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { stopUnusedServer } from "../database/embedded-server.ts";
import { freePort } from "../free-port.ts";
import { projectFolder } from "../project-folder.ts";
import { claimInstance } from "../start/instance.ts";
import { type RunningFlowdeck, startFlowdeck } from "../start/start-flowdeck.ts";
import { ensureBrowser } from "./ensure-browser.ts";
import { runRunner } from "./run-runner.ts";
import { countPlaywright, isSuccess, readCounts, type TestCounts } from "./test-counts.ts";

const FOLDER = path.join(projectFolder, ".data-test");
const PREFIX = "e2e-";

/** How many specs run side by side, each with an instance of its own: as many as CI has cores. */
const INSTANCES = 2;
/** What the specs are told of an instance (e2e/support/needed.ts), beside its address. */
const TOLD = ["SANDBOX_URL", "SANDBOX_TOKEN", "DATABASE_URL", "FLOWDECK_DATA_DIR"];

/** Runs the end-to-end tests against instances started the way `npm start` does, with data and ports of their own. */
export async function runBrowserTests(
  extra: string[],
  environment: NodeJS.ProcessEnv,
  reportFolder: string,
  signal: AbortSignal,
): Promise<TestCounts> {
  ensureBrowser(console.log);
  mkdirSync(FOLDER, { recursive: true });
  await cleanUpAbandoned();
  // One after the other: the first builds the console for all.
  const started: RunningFlowdeck[] = [];
  let counts: TestCounts | undefined;
  try {
    while (started.length < INSTANCES) started.push(await startInstance(environment, signal));
    const report = path.join(reportFolder, "playwright.json");
    const playwright = path.join(projectFolder, "node_modules", "@playwright", "test", "cli.js");
    const code = await runRunner(
      [playwright, "test", "--reporter=list,json", ...extra],
      {
        ...environment,
        E2E_INSTANCES: JSON.stringify(started.map(whatSpecsKnow)),
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
      signal,
    );
    counts = readCounts(report, code, countPlaywright);
    return counts;
  } finally {
    await Promise.all(started.map((instance) => instance.stop()));
    const folders = started.map((instance) => instance.environment.FLOWDECK_DATA_DIR ?? "");
    if (counts === undefined || !isSuccess(counts)) {
      console.log(`The logs and data of the failed run are in ${folders.join(" and ")} until the next run.`);
    } else for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function startInstance(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<RunningFlowdeck> {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const dataFolder = mkdtempSync(path.join(FOLDER, PREFIX));
  const started = await startFlowdeck({
    source: {
      ...environment,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      FLOWDECK_DATA_DIR: dataFolder,
    },
    dev: false,
    verbose: false,
    print: (line) => console.log(`  ${line}`),
    signal,
    force: new AbortController().signal,
  });
  if (started.kind === "already-running") throw new Error(`${dataFolder} is new and yet in use`);
  return started;
}

function whatSpecsKnow({ address, environment }: RunningFlowdeck): Record<string, string | undefined> {
  return { BASE_URL: address, ...Object.fromEntries(TOLD.map((name) => [name, environment[name]])) };
}

/** Stops and removes what earlier runs that failed or were killed left behind. */
async function cleanUpAbandoned(): Promise<void> {
  const left = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.name.startsWith(PREFIX));
  for (const { name } of left) {
    const folder = path.join(FOLDER, name);
    const claim = await claimInstance(folder, "");
    if (claim.kind === "already-running") continue;
    await stopUnusedServer(path.join(folder, "postgres"));
    rmSync(folder, { recursive: true, force: true });
  }
}
