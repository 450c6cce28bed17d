import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

const project = path.resolve(import.meta.dirname, "../../..");

/** For tests: a real worker process. */
export class TestWorker {
  readonly process: ChildProcess;
  readonly output: string[] = [];

  private constructor(process: ChildProcess) {
    this.process = process;
  }

  /**
   * Starts one and waits until it takes executions.
   *
   * @param entry the file Node runs, for a worker with cards of its own
   */
  static async start(environment: Record<string, string>, entry = "worker/main.ts"): Promise<TestWorker> {
    const child = spawn(process.execPath, [entry], {
      cwd: project,
      env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "warn", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const worker = new TestWorker(child);
    const ready = Promise.withResolvers<void>();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        worker.output.push(line);
        if (line === "ready") ready.resolve();
      });
    }
    child.once("exit", (code) =>
      ready.reject(new Error(`The worker ended (${code}): ${worker.output.join("\n")}`)),
    );
    // Ends later are what tests are about.
    ready.promise.catch(() => {});
    await ready.promise;
    return worker;
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  /** Fulfilled with the exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    const { exitCode, signalCode } = this.process;
    if (exitCode === null && signalCode === null) await once(this.process, "exit");
    return this.process.exitCode ?? this.process.signalCode;
  }

  async kill(): Promise<void> {
    // A stopped process is not killed before it goes on.
    this.signal("SIGKILL");
    await this.ended();
  }
}
