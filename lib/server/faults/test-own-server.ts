import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddedServer, startEmbeddedServer } from "#scripts/database/embedded-server.ts";
import { identifyProcess } from "#scripts/processes/process-identity.ts";
import { type Door, openDoor } from "../intake/test-door.ts";

/**
 * For tests of faults: a PostgreSQL of their own, with durable settings, that is stopped as a power cut stops it. It is
 * reached through a door, so that its address stays when it comes back on another port. Databases of this test file are
 * made in it.
 */
export class OwnServer {
  readonly #folder: string;
  readonly #door: Door;
  #server: EmbeddedServer;

  private constructor(folder: string, server: EmbeddedServer, door: Door) {
    this.#folder = folder;
    this.#server = server;
    this.#door = door;
  }

  static async start(): Promise<OwnServer> {
    const folder = mkdtempSync(path.join(tmpdir(), "flowdeck-faults-"));
    const server = await startEmbeddedServer(folder, "durable");
    const door = await openDoor();
    door.open(server.port);
    process.env.TEST_DATABASE_URL = String(Object.assign(new URL(server.adminUrl), { port: door.port }));
    return new OwnServer(folder, server, door);
  }

  /** Ends it at once: no goodbye, nothing written that was not written yet. It is fulfilled when it is gone. */
  async crash(): Promise<void> {
    const { pid } = this.#server;
    // PostgreSQL's "immediate shutdown": all its processes quit where they stand, and the next start recovers.
    process.kill(pid, "SIGQUIT");
    while (identifyProcess(pid) !== undefined) await sleep(20);
    this.#door.shut();
  }

  async restart(): Promise<void> {
    this.#server = await startEmbeddedServer(this.#folder, "durable");
    this.#door.open(this.#server.port);
  }

  /**
   * From now on no file may grow beyond so many bytes, as on a disk that is full: the kernel refuses the write, and
   * PostgreSQL, which ignores the signal that comes with it, says that it can't extend the file. Needs no rights: they are
   * limits of our own processes. Not below the 16 MiB its log is written in.
   */
  limitFiles(bytes: number | "unlimited"): void {
    const { pid } = this.#server;
    const limit = (process: number) => execFileSync("prlimit", [`--fsize=${bytes}:`, `--pid=${process}`]);
    // Those it starts from now on have its limit.
    limit(pid);
    const running = execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
    for (const child of running.trim().split(/\s+/).map(Number)) {
      // One that has ended meanwhile writes nothing.
      if (identifyProcess(child) !== undefined) limit(child);
    }
  }

  async close(): Promise<void> {
    await this.#door.close();
    await this.#server.release();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
