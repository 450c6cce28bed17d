import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identifyProcess } from "../processes/process-identity.ts";
import { type Service, type SupervisedService, supervise } from "./supervise.ts";

let folder: string;
let service: SupervisedService | undefined;
let notices: string[];
let lines: string[];
let pids: number[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-supervise-"));
  [notices, lines, pids] = [[], [], []];
});

afterEach(async () => {
  service?.kill();
  await service?.stop();
  service = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a real process that runs `script`. */
function start(script: string, changes: Partial<Service> = {}, graceMs = 5_000): SupervisedService {
  const file = path.join(folder, "service.mjs");
  writeFileSync(file, script);
  service = supervise(
    {
      name: "fake",
      args: [file],
      cwd: folder,
      environment: process.env,
      announcesReady: true,
      ...changes,
    },
    {
      line: (_, text) => lines.push(text),
      notify: (message) => notices.push(message),
      spawned: (pid) => pids.push(pid),
    },
    { backoffMs: [50, 100], graceMs, steadyMs: 60_000 },
  );
  return service;
}

const isAlive = (pid: number | undefined) => pid !== undefined && identifyProcess(pid) !== undefined;
const STAY = "setInterval(() => {}, 1000);";
const DRAIN = 'process.on("SIGTERM", () => { console.log("drained"); process.exit(0); });';

test("is ready when the process says so, and passes its other lines on", async () => {
  const { ready } = start(`console.log("loading"); console.log("ready"); console.error("careful"); ${STAY}`);
  await ready;
  await expect.poll(() => lines.toSorted()).toEqual(["careful", "loading"]);
});

test.each(["ready", "Sandbox org ready on http://127.0.0.1:3001", '{"level":30,"msg":"ready"}'])(
  "takes the line %s for being ready",
  async (line) => {
    await start(`console.log("not ready yet"); console.log(${JSON.stringify(line)}); ${STAY}`).ready;
    expect(lines).toEqual(["not ready yet"]);
  },
);

test("lets the process finish when it is stopped", async () => {
  const { ready, stop } = start(`${DRAIN} console.log("ready"); ${STAY}`);
  await ready;
  await stop();
  expect(lines).toEqual(["drained"]);
  expect(isAlive(pids[0])).toBe(false);
  expect(notices).toEqual([]);
});

test("ends a process that does not want to stop, and what it had started", async () => {
  const child =
    "import { spawn } from 'node:child_process'; const c = spawn('sleep', ['60']); console.log('child', c.pid);";
  const { ready, stop } = start(
    `${child} process.on("SIGTERM", () => {}); console.log("ready"); ${STAY}`,
    {},
    200,
  );
  await ready;
  await stop();
  expect(isAlive(pids[0])).toBe(false);
  await expect.poll(() => isAlive(Number(lines[0]?.replace("child ", "")))).toBe(false);
  expect(notices).toEqual([expect.stringContaining("did not stop within 0.2 s")]);
});

test("starts a process that died again, waiting longer each time", async () => {
  const { ready } = start('console.log("ready"); setTimeout(() => process.exit(3), 20);');
  await ready;
  await expect.poll(() => notices.length).toBeGreaterThanOrEqual(3);
  expect(notices.slice(0, 3)).toEqual([
    "fake ended (exit code 3); starting it again in 0.05 s.",
    "fake ended (exit code 3); starting it again in 0.1 s.",
    "fake ended (exit code 3); starting it again in 0.1 s.",
  ]);
  expect(new Set(pids).size).toBe(pids.length);
});

test("starts a process that was killed again", async () => {
  const { ready } = start(`console.log("ready"); ${STAY}`);
  await ready;
  process.kill(pids[0] ?? 0, "SIGKILL");
  await expect.poll(() => isAlive(pids[1])).toBe(true);
});

test("does not start a process again once it is being stopped", async () => {
  const { ready, stop } = start('console.log("ready"); setTimeout(() => process.exit(1), 20);');
  await ready;
  await expect.poll(() => notices.length).toBe(1);
  await stop();
  const started = pids.length;
  await sleep(300);
  expect(pids).toHaveLength(started);
});

test("gives up, with the last words, on a process that dies before it is ready", async () => {
  const { gaveUp } = start('console.error("no database"); process.exit(1);');
  const problem = await gaveUp;
  expect(problem.message).toBe("fake could not be started (exit code 1). Its last words:\nno database");
  expect(pids).toHaveLength(1);
});

test("gives up on a process that keeps dying soon after its start, and says how often", async () => {
  const { ready, gaveUp } = start(
    'console.log("ready"); console.error("out of memory"); setTimeout(() => process.exit(3), 20);',
    { fastDeaths: 3 },
  );
  await ready;
  const problem = await gaveUp;
  expect(problem.message).toMatch(
    /^fake ended 3 times in a row \(exit code 3\)\. Its last words:\nout of memory/,
  );
  expect(pids).toHaveLength(3);
});

test("a process that does not announce itself is given up until somebody found it ready, and then started again", async () => {
  const early = start("process.exit(4);", { announcesReady: false });
  expect((await early.gaveUp).message).toBe("fake could not be started (exit code 4).");
  expect(pids).toHaveLength(1);
  const found = start(STAY, { announcesReady: false });
  found.confirmReady();
  process.kill(pids[1] ?? 0, "SIGKILL");
  await expect.poll(() => isAlive(pids[2])).toBe(true);
});

test("a service stops, as if asked to, when its launcher is killed", async () => {
  const file = path.join(folder, "service.mjs");
  const marker = path.join(folder, "drained");
  writeFileSync(
    file,
    `import { writeFileSync } from "node:fs";
     process.on("SIGTERM", () => { writeFileSync(${JSON.stringify(marker)}, ""); process.exit(0); });
     console.log("ready"); ${STAY}`,
  );
  const launcher = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "fixtures", "launcher.ts"), file],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [line] = await once(createInterface(launcher.stdout), "line");
  expect(isAlive(Number(line))).toBe(true);
  launcher.kill("SIGKILL");
  await expect.poll(() => isAlive(Number(line))).toBe(false);
  expect(existsSync(marker)).toBe(true);
});
