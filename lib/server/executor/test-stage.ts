import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { sealCredentials } from "../connections/credentials.ts";
import { openTestDatabase } from "../db/test-records.ts";
import { log } from "../log.ts";
import { TestGate } from "./test-gate.ts";
import { TestWorker } from "./test-worker.ts";

/** For tests of whole processes: a database, a sandbox org, a gate on the way to it, and a connection called "okta". */
export class TestStage {
  readonly db: Awaited<ReturnType<typeof openTestDatabase>>;
  readonly sandbox: Sandbox;
  readonly gate: TestGate;
  readonly connectionId: string = randomUUID();
  readonly environment: Record<string, string>;
  readonly #workers: TestWorker[] = [];

  private constructor(db: TestStage["db"], sandbox: Sandbox, gate: TestGate) {
    this.db = db;
    this.sandbox = sandbox;
    this.gate = gate;
    this.environment = {
      DATABASE_URL: db.url,
      FLOWDECK_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
      BETTER_AUTH_SECRET: "a".repeat(32),
      FLOWDECK_ALLOW_LOOPBACK_ORGS: "true",
      WORKER_CONCURRENCY: "8",
      // The gates of these tests drop a call whose caller is gone, so none is under way for long.
      CALL_UNDER_WAY_SECONDS: "1",
    };
  }

  static async open(): Promise<TestStage> {
    log.level = "silent";
    const sandbox = await startSandbox();
    const stage = new TestStage(await openTestDatabase(), sandbox, await TestGate.open(sandbox.url));
    const { db, gate, connectionId, environment } = stage;
    // This process seals the secret the workers open.
    Object.assign(process.env, environment);
    await db.prisma.connection.create({
      data: {
        id: connectionId,
        alias: "okta",
        connector: "okta",
        name: "Sandbox",
        orgUrl: gate.url,
        ...sealCredentials(connectionId, { kind: "apiToken", token: sandbox.token }),
        intake: "hook",
        endpointId: randomUUID(),
        createdBy: "test",
      },
    });
    return stage;
  }

  async startWorker(): Promise<TestWorker> {
    const worker = await TestWorker.start(this.environment);
    this.#workers.push(worker);
    return worker;
  }

  /** Between tests: ends the workers and turns all flows off, so that each test starts its own only. */
  async clear(): Promise<void> {
    this.gate.release();
    await Promise.all(this.#workers.splice(0).map((worker) => worker.kill()));
    await this.db.prisma.flow.updateMany({ data: { on: false } });
  }

  async close(): Promise<void> {
    this.gate.close();
    await this.sandbox.close();
    await this.db.drop();
  }

  /** How often a write changed the org, by method and path. */
  applied(what: string): number {
    return this.sandbox.counters.json().applied.byPath[what] ?? 0;
  }

  usersCalled(login: string): number {
    return [...this.sandbox.org.users.all()].filter((user) => user.profile.login === login).length;
  }

  /** An execution once it has ended, with its steps. */
  async outcome(id: string, withinMs = 25_000) {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const execution = await this.db.prisma.execution.findUniqueOrThrow({
        where: { id },
        include: { steps: { orderBy: { sequence: "asc" } } },
      });
      if (["succeeded", "failed", "cancelled", "attention"].includes(execution.status)) return execution;
      if (Date.now() > deadline) {
        throw new Error(`Execution still ${execution.status}: ${JSON.stringify(execution.steps)}`);
      }
      await sleep(50);
    }
  }
}
