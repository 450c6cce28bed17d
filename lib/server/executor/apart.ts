import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../db/client.ts";
import { countDeathAlone } from "../queue/crashes.ts";
import { acquit, postpone } from "../queue/suspects.ts";
import { CANCEL } from "./run-alone.ts";

/** About 100 MB each. */
const MOST = 6;
/** One that does not die soon may be a long list: it must not keep the one from its turn that will. */
const FRESH_MS = 10_000;
const MOST_FRESH = 2;
/** What ends a machine or a container ends the worker too, a moment later: then it was not the execution, and nobody counts. */
const OUTLIVE_MS = 1000;

export interface ApartOptions {
  database: Database;
  /** The file Node runs, with an execution's id; it calls `runAlone`. */
  entry: string;
  /** Executions the worker runs at once. */
  concurrency?: number;
}

/**
 * Runs executions with which workers died in processes of their own, each with no other. Where such a process dies and its
 * worker lives, the execution was the cause; in a worker it may have been any of its neighbours.
 */
export class Apart {
  readonly #options: ApartOptions;
  readonly #most: number;
  readonly #processes = new Map<string, { child: ChildProcess; since: number }>();
  #draining = false;

  constructor(options: ApartOptions) {
    this.#options = options;
    this.#most = Math.max(1, Math.min(MOST, Math.floor((options.concurrency ?? MOST) / 2)));
  }

  /**
   * Runs one to where it ends, waits or is given up; where there is no room for one more process, puts it off.
   *
   * @throws Error when the process could not be started, lost the database, or died while the worker was stopping: the
   *   queue entry must stay
   */
  async run(executionId: string): Promise<void> {
    const { database } = this.#options;
    if (!this.#hasRoom()) return postpone(database.pool, executionId);
    try {
      while (await this.#diedAlone(executionId)) {
        await sleep(OUTLIVE_MS);
        if (!(await countDeathAlone(database, executionId))) return;
      }
      await acquit(database.pool, executionId);
    } finally {
      this.#processes.delete(executionId);
    }
  }

  async #diedAlone(executionId: string): Promise<boolean> {
    const child = fork(this.#options.entry, [executionId], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#processes.set(executionId, { child, since: this.#processes.get(executionId)?.since ?? Date.now() });
    const told = await lastWords(child);
    if (told === "over") return false;
    if (told === "began" && !this.#draining) return true;
    throw new Error(`A process for one execution alone ended (${child.exitCode ?? child.signalCode}).`);
  }

  /** Stops an execution before its next card, if it runs here. */
  cancel(executionId: string): void {
    const child = this.#processes.get(executionId)?.child;
    if (child?.connected) child.send(CANCEL, () => {});
  }

  /** From now on executions leave before their next card. */
  drain(): void {
    this.#draining = true;
    for (const { child } of this.#processes.values()) if (child.connected) child.disconnect();
  }

  #hasRoom(): boolean {
    const ages = [...this.#processes.values()].map(({ since }) => Date.now() - since);
    const fresh = ages.filter((age) => age < FRESH_MS).length;
    return !this.#draining && ages.length < this.#most && fresh < MOST_FRESH;
  }
}

/** @returns what a process told last before its end; undefined when it never came to run the execution */
async function lastWords(child: ChildProcess): Promise<unknown> {
  let last: unknown;
  // Objects are what Node's own reloading sends.
  child.on("message", (message) => {
    if (typeof message === "string") last = message;
  });
  await once(child, "close");
  return last;
}
