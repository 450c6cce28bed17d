import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { withFolderLock } from "../processes/folder-lock.ts";
import { identifyProcess, isSameProcessAlive, ownIdentity } from "../processes/process-identity.ts";
import { stopProcess } from "../processes/stop-process.ts";

const identity = z.object({ pid: z.number(), startedAt: z.string() });
const note = z.object({ launcher: identity, address: z.string(), children: z.array(identity) });
type Note = z.infer<typeof note>;

/** What a start finds out about the data folder it wants to use. */
export type Claim =
  | { kind: "claimed"; instance: Instance; leftovers: number }
  | { kind: "already-running"; address: string; pid: number };

/**
 * Claims the data folder for this process, so that one folder never has two instances on it. Processes that a killed
 * instance left running (they hold its ports) are stopped first.
 *
 * @param address where this instance will be reached; told to whoever finds the folder in use
 */
export function claimInstance(dataFolder: string, address: string): Promise<Claim> {
  return withFolderLock(dataFolder, async () => {
    const file = path.join(dataFolder, "instance.json");
    const previous = readNote(file);
    if (previous !== undefined && isSameProcessAlive(previous.launcher)) {
      return { kind: "already-running", address: previous.address, pid: previous.launcher.pid };
    }
    const orphans = previous?.children.filter(isSameProcessAlive) ?? [];
    await Promise.all(orphans.map((orphan) => stopProcess(orphan)));
    const instance = new Instance(file, address);
    return { kind: "claimed", instance, leftovers: orphans.length };
  });
}

/** The note in the data folder about the instance that uses it. */
export class Instance {
  readonly #file: string;
  readonly #note: Note;

  constructor(file: string, address: string) {
    this.#file = file;
    this.#note = { launcher: ownIdentity(), address, children: [] };
    this.#write();
  }

  /** Notes a child process, so that it can be found should this process be killed. */
  addChild(pid: number): void {
    const child = identifyProcess(pid);
    if (child === undefined) return;
    this.#note.children = [...this.#note.children.filter(isSameProcessAlive), child];
    this.#write();
  }

  /** Gives the data folder up. */
  release(): void {
    rmSync(this.#file, { force: true });
  }

  #write(): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#note));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function readNote(file: string): Note | undefined {
  try {
    return note.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
