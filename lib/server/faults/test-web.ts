import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { projectFolder } from "#scripts/project-folder.ts";

const SCRIPT = path.join(projectFolder, "lib/server/intake/test-hook-server.ts");

/** For tests: a process that answers at the hook's address with the code the web server runs there. */
export class TestWeb {
  readonly process: ChildProcess;
  /** Everything it wrote, its log included. */
  readonly output: string[] = [];
  port = 0;

  private constructor(process: ChildProcess) {
    this.process = process;
  }

  /** Starts one and waits until it listens. */
  static async start(environment: Record<string, string>): Promise<TestWeb> {
    const child = spawn(process.execPath, [SCRIPT], {
      env: { ...process.env, NODE_ENV: "production", ...environment, PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const web = new TestWeb(child);
    const listens = Promise.withResolvers<void>();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        web.output.push(line);
        if (!/^\d+$/.test(line)) return;
        web.port = Number(line);
        listens.resolve();
      });
    }
    child.once("exit", (code) =>
      listens.reject(new Error(`The web process ended (${code}): ${web.output.join("\n")}`)),
    );
    // Ends later are what tests are about.
    listens.promise.catch(() => {});
    await listens.promise;
    return web;
  }

  get lives(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Sends a body to a hook's address. */
  post(endpointId: string, body: string, headers: Record<string, string>): Promise<Response> {
    const url = `http://127.0.0.1:${this.port}/hooks/okta/${endpointId}`;
    return fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
  }

  async kill(): Promise<void> {
    if (!this.lives) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await ended;
  }
}
