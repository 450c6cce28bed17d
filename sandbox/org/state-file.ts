import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Org } from "./org.ts";
import { restoreOrg, snapshotOrg } from "./snapshot.ts";

/** Changes that come together are written together: a demo makes few, a benchmark thousands. */
const WRITE_BEHIND_MS = 500;
/** Writing takes at most this share of the time: an org of 10,000 users takes about 100 ms to serialize. */
const BUSY_SHARE = 0.05;

/** Keeps an org in a JSON file, so that a demonstration survives a restart. Written behind, renamed into place. */
export class StateFile {
  readonly #path: string;
  readonly #org: Org;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown = null;
  #pauseMs = WRITE_BEHIND_MS;

  constructor(path: string, org: Org) {
    this.#path = path;
    this.#org = org;
  }

  /** Fills the org from the file; false when there is none. Throws when the file is not one of ours. */
  async load(): Promise<boolean> {
    let text: string;
    try {
      text = await readFile(this.#path, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
      throw error;
    }
    try {
      restoreOrg(this.#org, JSON.parse(text));
      return true;
    } catch (error) {
      throw new Error(
        `${this.#path} does not hold a sandbox org (${String(error)}). Delete it to start from the seed.`,
      );
    }
  }

  /** Writes within half a second, or later where the org has grown large. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#write();
    }, this.#pauseMs);
  }

  /** Writes what is pending and resolves when it is on disk. Rejects when the last write failed. */
  async close(): Promise<void> {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
      this.#write();
    }
    await this.#writing;
    if (this.#failure)
      throw new Error(`The org could not be saved to ${this.#path}: ${String(this.#failure)}`);
  }

  #write(): void {
    const start = performance.now();
    const text = JSON.stringify(snapshotOrg(this.#org));
    this.#pauseMs = Math.max(WRITE_BEHIND_MS, (performance.now() - start) / BUSY_SHARE);
    this.#writing = this.#writing
      .then(() => replaceFile(this.#path, text))
      .then(
        () => {
          this.#failure = null;
        },
        (error: unknown) => {
          this.#failure = error; // a full disk must not stop the org; the next change tries again
        },
      );
  }
}

// The old file stays whole until the new one is: a kill during the write loses half a second, not the org.
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}
