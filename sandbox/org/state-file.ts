import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Org } from "./org.ts";
import { restoreOrg, snapshotOrg } from "./snapshot.ts";

/** Changes that come together are written together: a demo makes few, a benchmark thousands. */
const WRITE_BEHIND_MS = 500;

/** Keeps an org in a JSON file, so that a demonstration survives a restart. Written behind, renamed into place. */
export class StateFile {
  readonly #path: string;
  readonly #org: Org;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

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

  /** Writes within half a second. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#write();
    }, WRITE_BEHIND_MS);
  }

  /** Writes what is pending and resolves when it is on disk. */
  async close(): Promise<void> {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
      this.#write();
    }
    await this.#writing;
  }

  // The old file stays whole until the new one is: a kill during the write loses half a second, not the org.
  #write(): void {
    const text = JSON.stringify(snapshotOrg(this.#org));
    this.#writing = this.#writing.then(async () => {
      await mkdir(dirname(this.#path), { recursive: true });
      const draft = `${this.#path}.${process.pid}.tmp`;
      await writeFile(draft, text, { mode: 0o600 });
      await rename(draft, this.#path);
    });
  }
}
