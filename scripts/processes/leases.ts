import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isSameProcessAlive, ownIdentity } from "./process-identity.ts";
import { readIdentity } from "./read-identity.ts";

/**
 * Says which living processes use something they share. The last one out stops it; a process that was killed
 * does not count, so what it left behind is adopted and stopped by the next user instead of running for ever.
 */
export class Leases {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Notes that this process is a user. Doing so twice is the same as once. */
  take(): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#ownFile(), JSON.stringify(ownIdentity()));
  }

  /** Takes this process off the list. */
  release(): void {
    rmSync(this.#ownFile(), { force: true });
  }

  /** The numbers of the other living processes on the list; forgets the dead ones. */
  otherHolders(): number[] {
    const holders: number[] = [];
    for (const name of this.#files()) {
      const file = path.join(this.#folder, name);
      const holder = readIdentity(file);
      if (holder === undefined || !isSameProcessAlive(holder)) rmSync(file, { force: true });
      else if (holder.pid !== process.pid) holders.push(holder.pid);
    }
    return holders;
  }

  #ownFile(): string {
    return path.join(this.#folder, `${process.pid}.json`);
  }

  #files(): string[] {
    try {
      return readdirSync(this.#folder);
    } catch {
      return [];
    }
  }
}
