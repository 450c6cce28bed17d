import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { stopUnusedServer } from "../database/embedded-server.ts";
import { freePort } from "../free-port.ts";
import { projectFolder } from "../project-folder.ts";
import { claimInstance } from "../start/instance.ts";
import { startFlowdeck } from "../start/start-flowdeck.ts";
import { ensureBrowser } from "./ensure-browser.ts";
import { runRunner } from "./run-runner.ts";
import { countPlaywright, isSuccess, readCounts, type TestCounts } from "./test-counts.ts";

const FOLDER = path.join(projectFolder, ".data-test");
const PREFIX = "e2e-";

/** Runs the end-to-end tests against an instance started the way `npm start` does, with data and ports of its own. */
export async function runBrowserTests(
  extra: string[],
  environment: NodeJS.ProcessEnv,
  reportFolder: string,
  signal: AbortSignal,
): Promise<TestCounts> {
  ensureBrowser(console.log);
  mkdirSync(FOLDER, { recursive: true });
  await cleanUpAbandoned();
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
  let counts: TestCounts | undefined;
  try {
    const report = path.join(reportFolder, "playwright.json");
    const playwright = path.join(projectFolder, "node_modules", "@playwright", "test", "cli.js");
    const code = await runRunner(
      [playwright, "test", "--reporter=list,json", ...extra],
      { ...started.environment, BASE_URL: started.address, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      signal,
    );
    counts = readCounts(report, code, countPlaywright);
    return counts;
  } finally {
    await started.stop();
    if (counts !== undefined && isSuccess(counts)) rmSync(dataFolder, { recursive: true, force: true });
    else console.log(`The logs and data of the failed run are in ${dataFolder} until the next run.`);
  }
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
