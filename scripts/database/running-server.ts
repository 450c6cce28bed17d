import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine, identifyProcess, isRunning } from "../processes/process-identity.ts";
import type { Cluster } from "./cluster.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";

const POLL_MS = 20;
const FAST_STOP_MS = 30_000;
const IMMEDIATE_STOP_MS = 5_000;

/** A PostgreSQL server process that serves a cluster. */
export interface RunningServer {
  pid: number;
  port: number;
}

/** The server that serves these files now, if one does; it may still be starting or already be stopping. */
export function findRunningServer(cluster: Cluster): RunningServer | undefined {
  const noted = readPidFile(cluster);
  return noted !== undefined && isServerOf(noted.pid, cluster) ? noted : undefined;
}

/**
 * Removes the note of a server that is gone. PostgreSQL does so itself unless its old process number now belongs
 * to somebody else, which after the restart of a container is the rule: then it would refuse to start for ever.
 */
export function forgetVanishedServer(cluster: Cluster): void {
  const noted = readPidFile(cluster);
  if (noted !== undefined && !isServerOf(noted.pid, cluster)) rmSync(pidFileOf(cluster), { force: true });
}

/**
 * Stops a server: first cleanly (clients are disconnected, everything is written), after 30 s at once, which
 * loses nothing either but makes the next start replay its log.
 */
export async function stopServer(
  server: RunningServer,
  cluster: Cluster,
  binaries: PostgresBinaries,
): Promise<void> {
  signal(server, "fast", cluster, binaries);
  if (await hasEnded(server.pid, FAST_STOP_MS)) return;
  signal(server, "immediate", cluster, binaries);
  if (await hasEnded(server.pid, IMMEDIATE_STOP_MS)) return;
  throw new Error(`PostgreSQL (process ${server.pid}) does not stop; see ${cluster.log}`);
}

function signal(
  server: RunningServer,
  mode: "fast" | "immediate",
  cluster: Cluster,
  binaries: PostgresBinaries,
): void {
  if (process.platform === "win32") {
    // On Windows process.kill ends the process without a word to it.
    spawnSync(binaries.control, ["stop", "-D", cluster.data, "-m", mode, "-W"], { windowsHide: true });
  } else if (isRunning(server.pid)) {
    process.kill(server.pid, mode === "fast" ? "SIGINT" : "SIGQUIT");
  }
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + withinMs;
  while (identifyProcess(pid) !== undefined) {
    if (Date.now() > giveUpAt) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function isServerOf(pid: number, cluster: Cluster): boolean {
  if (!isRunning(pid)) return false;
  const command = commandLine(pid);
  // Unreadable (another user's process on a hardened system): believe the note rather than start a second server.
  return command === undefined || (command.includes("postgres") && command.includes(cluster.data));
}

function pidFileOf(cluster: Cluster): string {
  return path.join(cluster.data, "postmaster.pid");
}

/** PostgreSQL writes its process number in the first line of postmaster.pid and its port in the fourth. */
function readPidFile(cluster: Cluster): RunningServer | undefined {
  try {
    const lines = readFileSync(pidFileOf(cluster), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}
