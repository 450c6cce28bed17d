// `npm start`: the whole product on this machine. `npm run dev`: the same, reloading on changes of the sources.
import { existsSync } from "node:fs";
import path from "node:path";
import { describeFailure, Problem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";
import { openBrowser } from "./start/open-browser.ts";
import { type RunningFlowdeck, startFlowdeck } from "./start/start-flowdeck.ts";

const PARENT_POLL_MS = 500;
const USAGE = "Usage: npm start [-- --verbose]   or   npm run dev";

/** Ctrl-C and its kin during the start; not a failure. */
class Interrupted extends Error {}

/** @returns the exit code */
async function main(args: string[]): Promise<number> {
  const unknown = args.find((argument) => argument !== "--dev" && argument !== "--verbose");
  if (unknown !== undefined) throw new Problem(`npm start does not know ${unknown}.`, USAGE);
  const dev = args.includes("--dev");
  const settingsFile = path.join(projectFolder, ".env");
  // What the shell sets wins over the file. Next reads the same file; the worker would not.
  if (existsSync(settingsFile)) process.loadEnvFile(settingsFile);

  const interruption = new AbortController();
  const force = new AbortController();
  onInterrupt((times) => {
    if (times === 1) console.log("\nStopping … (Ctrl-C again: by force)");
    else force.abort();
    interruption.abort(new Interrupted());
  });
  onParentGone(() => interruption.abort(new Interrupted()));

  const started = await startFlowdeck({
    source: process.env,
    dev,
    verbose: dev || args.includes("--verbose"),
    print: (line) => console.log(line),
    signal: interruption.signal,
    force: force.signal,
  });
  if (started.kind === "already-running") {
    console.log(`Flowdeck is already running (process ${started.pid}): ${started.address}`);
    return 0;
  }
  announce(started);
  const problem = await Promise.race([started.gaveUp, aborted(interruption.signal)]);
  await started.stop();
  if (problem === undefined) console.log("Stopped.");
  else console.error(`\n${describeFailure(problem)}`);
  return problem === undefined ? 0 : 1;
}

function announce({ address, sandboxUrl }: RunningFlowdeck): void {
  const publicUrl = process.env.PUBLIC_URL ? `\n  From outside:  ${process.env.PUBLIC_URL}` : "";
  console.log(`
  Flowdeck is ready:  ${address}${publicUrl}
  Sandbox org:        ${sandboxUrl}
  Stop with Ctrl-C.
`);
  openBrowser(address);
}

function onInterrupt(react: (times: number) => void): void {
  let times = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      times += 1;
      react(times);
    });
  }
}

/**
 * npm hands a SIGTERM on to the shell it started us with, which dies of it and tells nobody. So when npm started us, the
 * end of our parent counts as the request to stop.
 */
function onParentGone(react: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) react();
  }, PARENT_POLL_MS).unref();
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof Interrupted) console.log("Stopped.");
  else console.error(`\n${describeFailure(error)}\n`);
  process.exitCode = error instanceof Interrupted ? 0 : 1;
}
