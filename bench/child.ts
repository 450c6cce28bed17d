import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { projectFolder } from "../scripts/project-folder.ts";

const READY_WITHIN_MS = 120_000;

/** A process of the benchmark. */
export interface Child {
  pid: number;
  stop: () => Promise<void>;
}

/**
 * Starts a Node process in this folder and waits for the line that says it is there.
 *
 * @param ready matches that line
 * @returns the process and what `ready` found
 * @throws Error with the process's last words when it ends or says nothing for two minutes
 */
export async function startChild(
  args: string[],
  environment: NodeJS.ProcessEnv,
  ready: RegExp,
): Promise<Child & { found: string }> {
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const words: string[] = [];
  const said = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      words.push(line);
      if (words.length > 20) words.shift();
      const match = ready.exec(line);
      if (match) said.resolve(match[1] ?? match[0]);
    });
  }
  child.once("exit", (code) => said.reject(new Error(`${args[0]} ended (${code}): ${words.join("\n")}`)));
  const late = sleep(READY_WITHIN_MS, undefined, { ref: false }).then(() => {
    throw new Error(`${args[0]} did not get ready: ${words.join("\n")}`);
  });
  try {
    const found = await Promise.race([said.promise, late]);
    return { pid: child.pid ?? 0, found, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    // Its later end is no news.
    said.promise.catch(() => {});
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** What a process takes of the memory for itself: shared pages in equal parts (PSS), in MB. Linux; elsewhere not a number. */
export function megabytesOf(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    return Number.NaN;
  }
}
