import { randomUUID } from "node:crypto";
import { HOOK_TIMEOUT_MS, hookHeaders, shouldRetry } from "./hook-verify.ts";
import type { HookRecord } from "./hooks.ts";
import { type LogRecord, SYSTEM_ACTOR } from "./log-record.ts";
import { hookEventJson } from "./log-view.ts";
import type { Org } from "./org.ts";
import { type Reply, send } from "./outbound.ts";

/** One delivery and what became of it. */
export interface DeliveryRecord {
  eventId: string;
  hookId: string;
  uri: string;
  eventUuids: string[];
  eventTypes: string[];
  /** ISO instant of the first attempt. */
  at: string;
  attempts: number;
  status: "delivered" | "failed" | "dropped";
  /** HTTP status of the last answer, null when there was none. */
  answered: number | null;
  reason: string | null;
  duplicate: boolean;
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
  readonly #running = new Set<Promise<void>>();
  #closed = false;

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
      const sent: Promise<void>[] = [];
      if (faults.drop) this.#reportDropped(hook, batch, eventId);
      else sent.push(this.#start(hook, batch, eventId, false));
      if (faults.duplicate) sent.push(this.#start(hook, batch, eventId, true));
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

  #start(hook: HookRecord, records: LogRecord[], eventId: string, duplicate: boolean): Promise<void> {
    const run = this.#deliver(hook, records, eventId, duplicate).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return run;
  }

  #reportDropped(hook: HookRecord, records: LogRecord[], eventId: string): void {
    this.#report(this.#blank(hook, records, eventId, false), "dropped", null, "dropped by a fault");
  }

  async #deliver(hook: HookRecord, records: LogRecord[], eventId: string, duplicate: boolean): Promise<void> {
    const delivery = this.#blank(hook, records, eventId, duplicate);
    const body = JSON.stringify(envelope(hook, records, eventId, this.#org));
    const attempt = (): Promise<Reply> => {
      delivery.attempts += 1;
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
    const status = reply.kind === "answer" ? reply.status : null;
    this.#report(delivery, reason === null ? "delivered" : "failed", status, reason);
    if (reason !== null && !this.#closed) this.#logFailure(hook, eventId, reason);
  }

  #blank(hook: HookRecord, records: LogRecord[], eventId: string, duplicate: boolean): DeliveryRecord {
    return {
      eventId,
      hookId: hook.id,
      uri: hook.channel.uri,
      eventUuids: records.map((record) => record.uuid),
      eventTypes: records.map((record) => record.eventType),
      at: this.#org.timestamp(),
      attempts: 0,
      status: "failed",
      answered: null,
      reason: null,
      duplicate,
    };
  }

  #report(
    delivery: DeliveryRecord,
    status: DeliveryRecord["status"],
    answered: number | null,
    reason: string | null,
  ): void {
    this.#options.onDelivery({ ...delivery, status, answered, reason });
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

/** The envelope of Okta's event hooks around a batch. */
function envelope(
  hook: HookRecord,
  records: LogRecord[],
  eventId: string,
  org: Org,
): Record<string, unknown> {
  return {
    eventType: "com.okta.event_hook",
    eventTypeVersion: "1.0",
    cloudEventsVersion: "0.1",
    contentType: "application/json",
    source: `${org.baseUrl}/api/v1/eventHooks/${hook.id}`,
    eventId,
    eventTime: org.timestamp(),
    data: { events: records.map(hookEventJson) },
  };
}

function failureOf(reply: Reply): string | null {
  if (reply.kind === "timeout") return "The endpoint did not answer in time";
  if (reply.kind === "error") return `The endpoint could not be reached: ${reply.reason}`;
  return reply.status >= 200 && reply.status < 300 ? null : `The endpoint answered ${reply.status}`;
}
