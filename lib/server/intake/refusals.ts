import { audit } from "../audit/audit.ts";
import { log } from "../log.ts";

/** A call of a hook's address that was refused. The secret that was sent is no part of it. */
export interface Refusal {
  /** Of the connection whose address was called; undefined where there is no such address. */
  connectionId?: string;
  status: number;
  /** In words, without values of the request. */
  reason: string;
}

/** Refusals of one kind within this time are one row, or somebody who knocks all day fills the audit log. */
const WINDOW_MS = 60_000;

interface Tally extends Refusal {
  /** Refused since the first of the window was written. */
  further: number;
}

const open = new Map<string, Tally>();

/**
 * Writes refused calls to the audit log: the first at once, those that follow within a minute as one more row with
 * their number. A stranger who calls without end costs two rows a minute, whatever address he calls.
 */
export function noteRefusal(refusal: Refusal): void {
  const key = `${refusal.connectionId ?? "unknown"} ${refusal.status}`;
  const tally = open.get(key);
  if (tally) {
    tally.further += 1;
    return;
  }
  open.set(key, { ...refusal, further: 0 });
  // A process that is asked to end does not wait for the rest of the minute.
  setTimeout(() => close(key), WINDOW_MS).unref();
  write(refusal, 1);
}

/** Ends all windows, as their minute does. For tests. */
export function closeRefusals(): void {
  for (const key of open.keys()) close(key);
}

function close(key: string): void {
  const tally = open.get(key);
  open.delete(key);
  if (tally && tally.further > 0) write(tally, tally.further);
}

/** Not awaited by anybody: the answer must not wait for it, nor fail with it. */
function write({ connectionId, status, reason }: Refusal, count: number): void {
  audit("nobody", "hook.refused", connectionId, { status, reason, count }).catch((error: unknown) =>
    log.warn({ err: error, status }, "A refused call of a hook endpoint was not written to the audit log."),
  );
}
