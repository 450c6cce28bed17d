import type { DeliveryRecord } from "../org/hook-delivery.ts";

/** Counts keyed by operation and by concrete address. */
export interface Tally {
  total: number;
  /** "PUT /api/v1/groups/{groupId}/users/{userId}" to times. */
  byTemplate: Record<string, number>;
  /** "PUT /api/v1/groups/00g1/users/00u1" to times. */
  byPath: Record<string, number>;
}

/** What GET /sandbox/counters answers. */
export interface CountersJson {
  reads: number;
  /** Every POST, PUT and DELETE that arrived, whatever became of it. */
  writes: Tally;
  /** The writes that changed the org (answered 2xx, or would have been but for a fault). */
  applied: Tally;
  deliveries: { sent: number; failed: number; dropped: number; duplicated: number };
}

/** How many of the newest deliveries are kept to look at. */
const RECENT = 200;

/** Counts what arrives and what goes out, so that a test can prove "exactly once". */
export class Counters {
  #reads = 0;
  #writes = newTally();
  #applied = newTally();
  #deliveries = { sent: 0, failed: 0, dropped: 0, duplicated: 0 };
  #recent: DeliveryRecord[] = [];

  read(): void {
    this.#reads += 1;
  }

  write(method: string, template: string, path: string): void {
    count(this.#writes, method, template, path);
  }

  applied(method: string, template: string, path: string): void {
    count(this.#applied, method, template, path);
  }

  delivery(record: DeliveryRecord): void {
    if (record.status === "delivered") this.#deliveries.sent += 1;
    if (record.status === "failed") this.#deliveries.failed += 1;
    if (record.status === "dropped") this.#deliveries.dropped += 1;
    if (record.duplicate) this.#deliveries.duplicated += 1;
    this.#recent.push(record);
    if (this.#recent.length > RECENT * 2) this.#recent = this.#recent.slice(-RECENT);
  }

  /** The newest deliveries, newest first. */
  recentDeliveries(): DeliveryRecord[] {
    return this.#recent.slice(-RECENT).reverse();
  }

  /** One of the newest deliveries. */
  deliveryById(id: number): DeliveryRecord | undefined {
    return this.#recent.find((record) => record.id === id);
  }

  json(): CountersJson {
    return {
      reads: this.#reads,
      writes: tallyJson(this.#writes),
      applied: tallyJson(this.#applied),
      deliveries: { ...this.#deliveries },
    };
  }

  reset(): void {
    this.#reads = 0;
    this.#writes = newTally();
    this.#applied = newTally();
    this.#deliveries = { sent: 0, failed: 0, dropped: 0, duplicated: 0 };
    this.#recent = [];
  }
}

interface Counting {
  total: number;
  byTemplate: Map<string, number>;
  byPath: Map<string, number>;
}

const newTally = (): Counting => ({ total: 0, byTemplate: new Map(), byPath: new Map() });

function count(tally: Counting, method: string, template: string, path: string): void {
  tally.total += 1;
  add(tally.byTemplate, `${method} ${template}`);
  add(tally.byPath, `${method} ${path}`);
}

function add(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function tallyJson(tally: Counting): Tally {
  return {
    total: tally.total,
    byTemplate: Object.fromEntries(tally.byTemplate),
    byPath: Object.fromEntries(tally.byPath),
  };
}
