import { randomUUID } from "node:crypto";
import { messageOf } from "./event-texts.ts";
import type { LogRecord, Origin, Party, Severity } from "./log-record.ts";

/** What a change says about itself; the log adds id, time and order. */
export interface LogEntry {
  eventType: string;
  origin: Origin;
  target: Party[] | null;
  debugData?: Record<string, string>;
  outcome?: { result: string; reason: string | null };
  severity?: Severity;
  displayMessage?: string;
  /** Only the control API sets these two. */
  published?: string;
  uuid?: string;
}

/** The System Log: append-only, in order of persistence, the oldest dropped beyond `capacity`. */
export class SystemLog {
  readonly #now: () => number;
  readonly #capacity: number;
  readonly #listeners: ((record: LogRecord) => void)[] = [];
  #records: LogRecord[] = [];
  #lastSeq = 0;

  /** `capacity` stands for Okta's 90 days: a benchmark of an hour must not eat the memory of the machine. */
  constructor(now: () => number, capacity = 50_000) {
    this.#now = now;
    this.#capacity = capacity;
  }

  /** Called with every new record, before `write` returns. */
  onWrite(listener: (record: LogRecord) => void): void {
    this.#listeners.push(listener);
  }

  /** Appends one event and tells the listeners. */
  write(entry: LogEntry): LogRecord {
    this.#lastSeq += 1;
    const { origin } = entry;
    const persisted = this.#now();
    const record: LogRecord = {
      seq: this.#lastSeq,
      uuid: entry.uuid ?? randomUUID(),
      persisted,
      published: entry.published ?? new Date(persisted).toISOString(),
      eventType: entry.eventType,
      displayMessage: entry.displayMessage ?? messageOf(entry.eventType),
      severity: entry.severity ?? "INFO",
      outcome: entry.outcome ?? { result: "SUCCESS", reason: null },
      target: entry.target,
      debugData: {
        requestId: origin.requestId,
        ...(origin.requestUri ? { requestUri: origin.requestUri } : {}),
        ...(origin.url ? { url: origin.url } : {}),
        ...entry.debugData,
      },
      origin,
    };
    this.#records.push(record);
    if (this.#records.length > this.#capacity * 1.1) {
      this.#records = this.#records.slice(-this.#capacity);
    }
    for (const listener of this.#listeners) listener(record);
    return record;
  }

  /** The sequence number of the newest record, 0 when there is none. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** All records kept, oldest first. */
  get records(): readonly LogRecord[] {
    return this.#records;
  }

  /** Records persisted after `seq`, oldest first; found by bisection. */
  after(seq: number): readonly LogRecord[] {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? this.#records : this.#records.slice(low);
  }

  /** Takes over saved records, so that cursors given out before a restart stay good. */
  restore(records: LogRecord[], lastSeq: number): void {
    this.#records = records;
    this.#lastSeq = lastSeq;
  }
}
