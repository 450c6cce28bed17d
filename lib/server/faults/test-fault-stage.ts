import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { hashHookSecret, hookSecret } from "../connections/hook.ts";
import { addFlow } from "../db/test-records.ts";
import { TestStage } from "../executor/test-stage.ts";
import { TestWorker } from "../executor/test-worker.ts";
import { oktaDelivery, oktaEvent } from "../intake/test-events.ts";
import { CallGate } from "./test-call-gate.ts";
import { REMOVED } from "./test-documents.ts";
import { TestWeb } from "./test-web.ts";

/** A person and a group of the sandbox org that no other event of the stage is about. */
export interface Pair {
  user: string;
  group: string;
  /** Name of the group in the event; makes a login. */
  name: string;
}

/** Calls to the org under way at once: more than any test holds, so that none waits for a slot of others. */
const MAX_CALLS = 600;

/**
 * For tests of faults: a database, a sandbox org, and real web and worker processes that are killed, frozen and cut off.
 * It notes which events were answered 2xx, so that afterwards `violations` can say what became of each.
 */
export class FaultStage {
  readonly base: TestStage;
  /** The workers' way to the org. */
  readonly gate: CallGate;
  readonly endpointId: string;
  readonly secret: string;
  /** Uuids of the events whose delivery was answered 2xx. */
  readonly answered = new Set<string>();
  /** Lines of all processes there were, dead ones too. */
  readonly output: string[][] = [];
  readonly webs: TestWeb[] = [];
  readonly workers: TestWorker[] = [];
  readonly #pairs: Pair[] = [];
  #keeping: Promise<unknown>[] = [];
  #closing = false;

  private constructor(base: TestStage, gate: CallGate, endpointId: string) {
    this.base = base;
    this.gate = gate;
    this.endpointId = endpointId;
    this.secret = hookSecret(endpointId);
  }

  /** @param environment variables of the processes, beside those every one has */
  static async open(environment: Record<string, string> = {}): Promise<FaultStage> {
    // The hook of an org on this machine is registered at this port, where nobody is to be bothered.
    process.env.PORT = "9";
    const base = await TestStage.open();
    Object.assign(base.environment, { LOG_LEVEL: "debug" }, environment);
    const { endpointId } = await base.db.prisma.connection.findUniqueOrThrow({
      where: { id: base.connectionId },
    });
    const gate = await CallGate.open(base.sandbox.url);
    const stage = new FaultStage(base, gate, endpointId);
    await base.db.prisma.connection.update({
      where: { id: base.connectionId },
      data: { maxCalls: MAX_CALLS, orgUrl: gate.url, hookSecretHash: hashHookSecret(stage.secret) },
    });
    return stage;
  }

  /** What must never be seen in a row, a log or an answer. */
  get secrets(): string[] {
    const { FLOWDECK_SECRET_KEY = "", BETTER_AUTH_SECRET = "" } = this.base.environment;
    return [this.secret, this.base.sandbox.token, FLOWDECK_SECRET_KEY, BETTER_AUTH_SECRET];
  }

  async startWeb(): Promise<TestWeb> {
    const web = await TestWeb.start(this.base.environment);
    this.webs.push(web);
    this.output.push(web.output);
    return web;
  }

  async startWorker(environment: Record<string, string> = {}): Promise<TestWorker> {
    const worker = await TestWorker.start({ ...this.base.environment, ...environment });
    this.workers.push(worker);
    this.output.push(worker.output);
    return worker;
  }

  /** Keeps so many workers running from now on, as who supervises them does: one that ends is started again. */
  keepWorkers(count: number): void {
    const keep = async () => {
      while (!this.#closing) {
        const worker = await this.startWorker().catch(() => undefined);
        if (this.#closing) await worker?.kill();
        else await (worker ? worker.ended() : sleep(200));
      }
    };
    this.#keeping.push(...Array.from({ length: count }, keep));
  }

  /** A flow that is on and listens. */
  listen(document: FlowDocument): Promise<{ id: string; versionId: string }> {
    const { db, connectionId } = this.base;
    return addFlow(db, { document, listensTo: { connectionId, eventTypes: [REMOVED] } });
  }

  /** Groups of their own for `count` events to be about; each with another active person. */
  async pairs(count: number): Promise<Pair[]> {
    while (this.#pairs.length < count) await this.#morePairs();
    return this.#pairs.splice(0, count);
  }

  async #morePairs(): Promise<void> {
    const { sandbox } = this.base;
    const answer = await fetch(`${sandbox.url}/api/v1/groups`, {
      method: "POST",
      headers: { authorization: `SSWS ${sandbox.token}`, "content-type": "application/json" },
      body: JSON.stringify({ profile: { name: `Group ${randomUUID()}` } }),
    });
    const { id: group } = (await answer.json()) as { id: string };
    for (const { id: user, status } of sandbox.org.users.all())
      if (status === "ACTIVE") this.#pairs.push({ user, group, name: `n${randomUUID().slice(0, 13)}` });
  }

  /** The event that says a person was removed from a group. */
  eventAbout({ user, group, name }: Pair, changes: JsonObject = {}): JsonObject {
    return oktaEvent({
      eventType: REMOVED,
      target: [
        { id: user, type: "User", alternateId: "ann@acme.example", displayName: "Ann Lee" },
        { id: group, type: "UserGroup", alternateId: "unknown", displayName: name },
      ],
      ...changes,
    });
  }

  /** Delivers events as Okta does, and notes them when they are answered 2xx. @returns the status */
  async deliver(web: TestWeb, events: JsonObject[], body = JSON.stringify(oktaDelivery(events))) {
    const answer = await web.post(this.endpointId, body, { authorization: this.secret });
    await answer.arrayBuffer();
    if (answer.ok) for (const { uuid } of events) this.answered.add(String(uuid));
    return answer.status;
  }

  executionsOf(flowId: string) {
    return this.base.db.prisma.execution.findMany({
      where: { flowId },
      include: { event: true, steps: { orderBy: { sequence: "asc" } } },
      orderBy: { createdAt: "asc" },
    });
  }

  /** Waits until a condition holds; the database may be away meanwhile. @throws Error naming what was waited for */
  async until(what: string, holds: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!(await holds().catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
      await sleep(50);
    }
  }

  /** Between tests: no faults, no worker, no flow that listens. What was answered stays noted. */
  async clear(): Promise<void> {
    this.base.sandbox.faults.set([]);
    this.gate.release();
    await Promise.all(this.workers.splice(0).map((worker) => worker.kill()));
    const { prisma } = this.base.db;
    await prisma.flow.updateMany({ data: { on: false } });
    // What one test did to the org must not make the calls of the next one wait.
    await prisma.connection.updateMany({
      data: { downSince: null, downUntil: null, downTimes: 0, downReason: null },
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.workers, ...this.webs].map((one) => one.kill()));
    await Promise.all(this.#keeping);
    this.gate.close();
    await this.base.close();
  }
}
