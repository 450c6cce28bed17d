import { createRegistry } from "../cards/registry.ts";
import type { CardNode, Edge, FlowDocument } from "../flow/document.ts";
import type { JsonObject } from "../flow/json.ts";
import type { Value } from "../flow/value.ts";
import type { Ending, Exchange, Step } from "./execution.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "./limits.ts";
import { MemoryStepStore } from "./memory-store.ts";
import { type FlowPlan, planFlow } from "./plan.ts";
import type { EnginePorts, MayGoOn, Sending, StepBatch } from "./ports.ts";
import { runFlow } from "./run-flow.ts";
import { TEST_CARDS, type TestClient } from "./test-cards.ts";

export const registry = createRegistry(TEST_CARDS, []);

type NodeOptions = Omit<CardNode, "card" | "v" | "inputs">;

/** A node; what is not a `Value` among its inputs is taken for a literal. */
export function card(id: string, inputs: Record<string, Value> = {}, more: NodeOptions = {}): CardNode {
  return { card: `test.${id}`, v: 1, connection: "org", inputs, ...more };
}

export const ref = (id: string, ...path: string[]): Value => ({ ref: [id, ...path] });
export const literal = (value: JsonObject[string]): Value => ({ value });

/** A document from cards and lines: `"if.true > a"`; without a way out it is "next". */
export function document(cards: Record<string, CardNode>, ...lines: string[]): FlowDocument {
  return { format: 1, name: "Test", cards, edges: lines.flatMap(edgesOf), layout: {} };
}

export function flow(cards: Record<string, CardNode>, ...lines: string[]): FlowPlan {
  return planFlow(document(cards, ...lines), registry);
}

/** "a > b.true > c" as edges. */
function edgesOf(line: string): Edge[] {
  const stops = line.split(">").map((stop) => stop.trim().split("."));
  return stops.slice(1).map(([to = ""], index) => {
    const [from = "", out = "next"] = stops[index] ?? [];
    return { from, out, to };
  });
}

/** What a call of the world does instead of working: nothing but throw, or work and then throw. */
export interface Fault {
  /** Thrown while the call waits for its turn: nothing of it leaves. */
  away?: Error;
  before?: Error;
  after?: Error;
}

/** Everything around the engine, in memory: a clock that stands still, a store, and a system that counts its writes. */
export class World implements EnginePorts {
  readonly store = new MemoryStepStore(() => this.time);
  /** Batches as they were recorded. */
  readonly batches: StepBatch[] = [];
  /** Calls in order: "read k", "write k", "find k". Only those that took effect. */
  readonly calls: string[] = [];
  /** What was written, by key. */
  readonly written = new Map<string, { value: string }>();
  /** Faults of the calls of a key, first come first served. */
  readonly faults = new Map<string, Fault[]>();
  /** Called around every call and record: where the tests kill the worker. */
  at: (point: string) => Promise<void> | void = () => {};
  cancelled = false;
  /** Whether clients tell of their calls before they leave. */
  tells = false;
  /** False: the store can't tell how long ago an intent was recorded. */
  intentsKnown = true;
  writeTurn: EnginePorts["writeTurn"];
  time = Date.parse("2026-11-21T09:00:00.000Z");
  limits: EngineLimits = { ...DEFAULT_LIMITS, spread: () => 0 };
  clientError: Error | undefined;
  #fence = 0;

  readonly clock = { now: () => new Date(this.time) };
  readonly cancelRequested = () => this.cancelled;
  readonly connections = {
    client: async (
      _connector: string,
      _alias: string,
      observe: (exchange: Exchange) => void,
      _scopes?: readonly string[],
      mayGoOn?: MayGoOn,
      sending?: Sending,
    ) => {
      if (this.clientError) throw this.clientError;
      return this.#client(observe, mayGoOn, sending);
    },
  };

  #client(observe: (exchange: Exchange) => void, mayGoOn?: MayGoOn, sending?: Sending): TestClient {
    let first = true;
    const call = async <T>(kind: string, key: string, work: () => T): Promise<T> => {
      if (!first) mayGoOn?.("calls");
      first = false;
      const method = kind === "write" ? "POST" : "GET";
      const about = { method, path: `/${key}`, durationMs: 0, at: this.clock.now().toISOString() };
      await sending?.(about, "waits");
      const faults = this.faults.get(`${kind} ${key}`);
      if (faults?.[0]?.away) throw faults.shift()?.away;
      await sending?.(about, "leaves");
      await this.at(`before ${kind} ${key}`);
      const fault = faults?.shift() ?? {};
      const exchange = { method: kind, path: `/${key}`, durationMs: 1, at: this.clock.now().toISOString() };
      observe(fault.before || fault.after ? exchange : { ...exchange, status: 200 });
      if (fault.before) throw fault.before;
      this.calls.push(`${kind} ${key}`);
      const result = work();
      await this.at(`after ${kind} ${key}`);
      if (fault.after) throw fault.after;
      return result;
    };
    return {
      read: (key) => call("read", key, () => ({ value: `value of ${key}` })),
      write: (key, value) =>
        call("write", key, () => {
          const outputs = { value: `${key} is ${JSON.stringify(value ?? null)}` };
          this.written.set(key, outputs);
          return outputs;
        }),
      find: (key) => call("find", key, () => this.written.get(key) ?? null),
    };
  }

  /** How often the key was really written. */
  writes(key: string): number {
    return this.calls.filter((call) => call === `write ${key}`).length;
  }

  fail(call: string, ...faults: Fault[]): void {
    this.faults.set(call, faults);
  }

  /** One claim and run of the execution, as a worker does it. */
  run(plan: FlowPlan, trigger: JsonObject = {}): Promise<Ending> {
    const fence = ++this.#fence;
    this.store.claim("e1", fence);
    const execution = { id: "e1", fence, mode: "live" as const, trigger };
    const store = {
      steps: (id: string) => this.store.steps(id),
      sinceIntent: async (id: string, path: string, attempt: number) =>
        this.intentsKnown ? this.store.sinceIntent(id, path, attempt) : undefined,
      record: async (id: string, claim: number, batch: StepBatch) => {
        await this.at("before record");
        await this.store.record(id, claim, batch);
        this.batches.push(structuredClone(batch));
        await this.at("after record");
      },
    };
    const { clock, cancelRequested, writeTurn, limits } = this;
    const connections = { ...this.connections, ...(this.tells ? { tellsBefore: true as const } : {}) };
    const ports = { store, connections, clock, cancelRequested, writeTurn };
    return runFlow({ execution, plan, ports, limits });
  }

  /** Runs and, as long as it waits, comes back when the wait is over. */
  async runToEnd(plan: FlowPlan, trigger: JsonObject = {}): Promise<Ending> {
    for (let runs = 0; runs < 1000; runs++) {
      const ending = await this.run(plan, trigger);
      if (ending.status !== "waiting") return ending;
      this.time = Math.max(this.time, Date.parse(ending.until));
    }
    throw new Error("The execution does not come to an end.");
  }

  steps(): Promise<Step[]> {
    return this.store.steps("e1");
  }

  /** The last attempt at each card: "succeeded", "skipped by a", … */
  async outcome(): Promise<Record<string, string>> {
    const steps = await this.steps();
    return Object.fromEntries(
      steps.map(({ path, status, because }) => [
        path,
        because === undefined ? status : `${status} by ${because}`,
      ]),
    );
  }

  /** Recorded batches in short: "a:succeeded b:running", the last with its ending. */
  recorded(): string[] {
    return this.batches.map(({ steps, ending }) =>
      [
        ...steps.map(({ path, status }) => `${path}:${status}`),
        ...(ending ? [`= ${ending.status}`] : []),
      ].join(" "),
    );
  }
}
