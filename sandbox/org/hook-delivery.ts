import { randomUUID } from "node:crypto";
import { hookEnvelope } from "./hook-envelope.ts";
import { HOOK_TIMEOUT_MS, hookHeaders, shouldRetry } from "./hook-verify.ts";
import type { HookRecord } from "./hooks.ts";
import { type LogRecord, SYSTEM_ACTOR } from "./log-record.ts";
import type { Org } from "./org.ts";
import { type Reply, send } from "./outbound.ts";

/** One delivery and what became of it. */
export interface DeliveryRecord {
  /** Counts from 1; `eventId` is the same for a delivery that is sent twice. */
  id: number;
  eventId: string;
  /** ISO instant in the envelope. */
  eventTime: string;
  hookId: string;
  uri: string;
  hookName: string;
  eventUuids: string[];
  eventTypes: string[];
  /** ISO instant of the first attempt. */
  at: string;
  attempts: number;
  /** From the first attempt to the last answer, in ms; 0 for a delivery that was dropped. */
  durationMs: number;
  status: "delivered" | "failed" | "dropped";
  /** HTTP status of the last answer, null when there was none. */
  answered: number | null;
  reason: string | null;
  duplicate: boolean;
  /** The delivery this one repeats because somebody asked for it. */
  againOf: number | null;
  /** The events themselves, for whoever wants to see or send the body once more. */
  records: readonly LogRecord[];
}

/** What a delivery fault may do to a batch. */
export interface DeliveryFaults {
  drop: boolean;
  duplicate: boolean;
  reorder: boolean;
  delayMs: number;
}

/** What the deliverer needs from outside. */
export interface DeliveryOptions {
  batchWindowMs: number;
  timeoutMs?: number;
  faultsFor: (hookId: string) => DeliveryFaults;
  onDelivery: (record: DeliveryRecord) => void;
}

/** Events of one hook never go out in larger batches than this; Okta documents no maximum. */
const MAX_BATCH = 100;
/** A reordered batch waits for the next one, but not longer than this. */
const HOLD_MS = 1000;

/** Sends log events to the hooks that listen: batched, 3 s timeout, one retry, then lost. */
export class HookDeliverer {
  readonly #org: Org;
  readonly #options: DeliveryOptions;
  readonly #waiting = new Map<string, LogRecord[]>();
  readonly #held = new Map<string, () => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<DeliveryRecord>>();
  #closed = false;
  #lastId = 0;

  constructor(org: Org, options: DeliveryOptions) {
    this.#org = org;
    this.#options = options;
  }

  /** Takes an event; it goes out with others of the same batch window. */
  accept(record: LogRecord): void {
    if (this.#closed) return;
    for (const hook of this.#org.hooks.listening(record.eventType)) {
      const waiting = this.#waiting.get(hook.id);
      if (waiting) {
        waiting.push(record);
        continue;
      }
      this.#waiting.set(hook.id, [record]);
      this.#later(() => this.#flush(hook.id), this.#options.batchWindowMs);
    }
  }

  /**
   * Sends a delivery once more, with the same id and events, whatever faults are on. Resolves to what became of it.
   * Throws an Error that says why when its hook does not take deliveries any more.
   */
  again(earlier: DeliveryRecord): Promise<DeliveryRecord> {
    const hook = this.#org.hooks.byId(earlier.hookId);
    if (hook?.status !== "ACTIVE" || hook.verificationStatus !== "VERIFIED")
      throw new Error(
        "Its event hook is gone, switched off or not verified: nothing can be delivered to it.",
      );
    const delivery = this.#blank(hook, earlier.records, earlier.eventId);
    delivery.eventTime = earlier.eventTime;
    delivery.againOf = earlier.id;
    return this.#start(hook, delivery);
  }

  /** Forgets what waits: a reset org delivers nothing of its former life. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.clear();
    this.#held.clear();
  }

  /** Waits for calls under way and sends nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.clear();
    await Promise.allSettled(this.#running);
  }

  #later(action: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }

  #flush(hookId: string): void {
    const records = this.#waiting.get(hookId) ?? [];
    this.#waiting.delete(hookId);
    for (let at = 0; at < records.length; at += MAX_BATCH) {
      this.#dispatch(hookId, records.slice(at, at + MAX_BATCH));
    }
  }

  #dispatch(hookId: string, records: LogRecord[]): void {
    const hook = this.#org.hooks.byId(hookId);
    // Deactivated or deleted while the batch waited: Okta sends nothing then.
    if (hook?.status !== "ACTIVE" || hook.verificationStatus !== "VERIFIED") return;
    const faults = this.#options.faultsFor(hookId);
    const batch = faults.reorder ? records.toReversed() : records;
    const eventId = randomUUID();
    const go = async (): Promise<void> => {
      const sent: Promise<DeliveryRecord>[] = [];
      const first = this.#blank(hook, batch, eventId);
      if (faults.drop)
        this.#options.onDelivery({ ...first, status: "dropped", reason: "dropped by a fault" });
      else sent.push(this.#start(hook, first));
      if (faults.duplicate)
        sent.push(this.#start(hook, { ...this.#blank(hook, batch, eventId), duplicate: true }));
      await Promise.all(sent);
    };
    const release = this.#held.get(hookId);
    if (faults.reorder && !release) {
      this.#hold(hookId, go);
      return;
    }
    if (faults.delayMs > 0) {
      this.#later(() => void go(), faults.delayMs);
      release?.();
      return;
    }
    // The held batch leaves only when this one has arrived, or "reordered" would be up to the network.
    void go().then(release);
  }

  #hold(hookId: string, go: () => Promise<void>): void {
    const release = () => {
      if (this.#held.get(hookId) !== release) return;
      this.#held.delete(hookId);
      void go();
    };
    this.#held.set(hookId, release);
    this.#later(release, HOLD_MS);
  }

  #start(hook: HookRecord, delivery: DeliveryRecord): Promise<DeliveryRecord> {
    const run = this.#deliver(hook, delivery).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return run;
  }

  async #deliver(hook: HookRecord, delivery: DeliveryRecord): Promise<DeliveryRecord> {
    const facts = { ...delivery, baseUrl: this.#org.baseUrl };
    const body = JSON.stringify(hookEnvelope(facts, delivery.records));
    const started = performance.now();
    let attempts = 0;
    const attempt = (): Promise<Reply> => {
      attempts += 1;
      return send({
        method: "POST",
        uri: hook.channel.uri,
        headers: { accept: "application/json", "content-type": "application/json", ...hookHeaders(hook) },
        body,
        timeoutMs: this.#options.timeoutMs ?? HOOK_TIMEOUT_MS,
      });
    };
    let reply = await attempt();
    if (shouldRetry(reply) && !this.#closed) reply = await attempt();
    const reason = failureOf(reply);
    const done: DeliveryRecord = {
      ...delivery,
      attempts,
      durationMs: Math.round(performance.now() - started),
      status: reason === null ? "delivered" : "failed",
      answered: reply.kind === "answer" ? reply.status : null,
      reason,
    };
    this.#options.onDelivery(done);
    if (reason !== null && !this.#closed) this.#logFailure(hook, delivery.eventId, reason);
    return done;
  }

  #blank(hook: HookRecord, records: readonly LogRecord[], eventId: string): DeliveryRecord {
    this.#lastId += 1;
    const now = this.#org.timestamp();
    return {
      id: this.#lastId,
      eventId,
      eventTime: now,
      hookId: hook.id,
      hookName: hook.name,
      uri: hook.channel.uri,
      eventUuids: records.map((record) => record.uuid),
      eventTypes: records.map((record) => record.eventType),
      at: now,
      attempts: 0,
      durationMs: 0,
      status: "failed",
      answered: null,
      reason: null,
      duplicate: false,
      againOf: null,
      records,
    };
  }

  #logFailure(hook: HookRecord, eventId: string, reason: string): void {
    this.#org.log.write({
      eventType: "event_hook.delivery",
      origin: {
        actor: SYSTEM_ACTOR,
        requestId: eventId,
        requestUri: null,
        url: null,
        ip: null,
        userAgent: null,
      },
      target: [{ id: hook.id, type: "EventHook", alternateId: "unknown", displayName: hook.name }],
      outcome: { result: "FAILURE", reason: reason.slice(0, 255) },
      severity: "WARN",
      debugData: { eventHookUrl: hook.channel.uri, eventId },
    });
  }
}

function failureOf(reply: Reply): string | null {
  if (reply.kind === "timeout") return "The endpoint did not answer in time";
  if (reply.kind === "error") return `The endpoint could not be reached: ${reply.reason}`;
  return reply.status >= 200 && reply.status < 300 ? null : `The endpoint answered ${reply.status}`;
}
