import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "../problem.ts";
import { isSameProcessAlive, ownIdentity } from "./process-identity.ts";
import { readIdentity } from "./read-identity.ts";

const RETRY_MS = 25;
const GIVE_UP_MS = 120_000;

/**
 * Runs `work` while no other process holds the lock of this folder. A lock left by a dead process is taken over.
 * The lock is a file that appears complete (written aside, then linked), so nobody ever reads a half-written one.
 *
 * @throws Problem when another living process keeps the lock for two minutes
 */
export async function withFolderLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(folder, { recursive: true });
  const lockFile = path.join(folder, "lock");
  await acquire(lockFile);
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function acquire(lockFile: string): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  while (!tryCreate(lockFile)) {
    dropIfAbandoned(lockFile);
    if (Date.now() > giveUpAt) {
      const holder = readIdentity(lockFile);
      throw new Problem(
        `Another process (${holder?.pid ?? "unknown"}) has held ${lockFile} for ${GIVE_UP_MS / 1000} seconds.`,
        "Wait for it to finish, or end it, and start again.",
      );
    }
    await sleep(RETRY_MS);
  }
}

function tryCreate(lockFile: string): boolean {
  const draft = `${lockFile}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(ownIdentity()));
  try {
    linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function dropIfAbandoned(lockFile: string): void {
  const holder = readIdentity(lockFile);
  if (holder === undefined || isSameProcessAlive(holder)) return;
  // Two processes may see the same dead holder. Renaming first, then looking at what was renamed, keeps the
  // slower one from throwing away the lock the quicker one has just created.
  const aside = `${lockFile}.${randomUUID()}`;
  try {
    renameSync(lockFile, aside);
  } catch {
    return;
  }
  const removed = readIdentity(aside);
  if (removed !== undefined && isSameProcessAlive(removed)) {
    try {
      linkSync(aside, lockFile);
    } catch {
      // A third process created the lock meanwhile; the loop of whoever lost it waits as for any other.
    }
  }
  rmSync(aside, { force: true });
}
