import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { isSameProcessAlive, type ProcessIdentity } from "./process-identity.ts";

const POLL_MS = 25;
/** How long a process may take to finish what it is doing. */
export const GRACE_MS = 30_000;

/** Asks a process to stop, waits, and in the end stops it and its process group by force. */
export async function stopProcess(identity: ProcessIdentity, graceMs = GRACE_MS): Promise<void> {
  askToStop(identity.pid);
  if (await hasEnded(identity, graceMs)) return;
  forceToStop(identity.pid);
  await hasEnded(identity, GRACE_MS);
}

/** On Windows this ends the process at once: there is no way to ask. */
export function askToStop(pid: number): void {
  signal(pid, "SIGTERM");
}

/** Ends a process and what it started. It must lead a process group of its own (`detached: true`). */
export function forceToStop(pid: number): void {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/PID", String(pid), "/T", "/F"], { windowsHide: true });
  } else {
    signal(-pid, "SIGKILL");
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

async function hasEnded(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + withinMs;
  while (isSameProcessAlive(identity)) {
    if (Date.now() > giveUpAt) return false;
    await sleep(POLL_MS);
  }
  return true;
}
