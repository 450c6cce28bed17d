import type { SeenLimit } from "../okta/read-limit.ts";

/** Twice as many come back as flows may make calls: some were cancelled meanwhile, and a limit may be raised. */
const TIMES = 2;
/** So many come back in any case: to be sent away again costs little, a call nobody came for is lost. */
const AT_LEAST = 100;
/** The last ones come back a quarter of an hour later: longer waits the engine does not believe (`maxWaitMs`). */
const MOST_WINDOWS = 14;
/** What is left of one window, told twice, ends at the same instant but for the roundings. */
const SAME_END_MS = 500;

/**
 * Which window those that wait for a bucket come back in, as one worker tells them. All of them at the next reset took the
 * queue longer than the window: 8,000 executions, 50 calls in 10 s, and what was kept in it for another flow's single call
 * lapsed before it was reached, three times in a row. So of each flow come back about as many as the share allows,
 * the others windows later. A flow's first one always comes back at the reset.
 */
export class WindowsAhead {
  readonly #lines = new Map<string, { endsAt: number; length: number }>();
  #window: number | undefined;
  #windowMs = 0;
  #room = Number.POSITIVE_INFINITY;

  /**
   * Takes note of an answer: a window's first one comes when nearly all of it is left.
   *
   * @param share calls flows may make per window
   */
  note({ window, endsInMs }: SeenLimit, share: number): void {
    if (window === undefined || window !== this.#window) this.#windowMs = endsInMs;
    this.#window = window;
    this.#room = Math.max(AT_LEAST, share * TIMES);
  }

  /**
   * Milliseconds after which the next one of a flow comes back.
   *
   * @param waitMs until the window is over
   * @param now by a clock that is never set
   */
  wait(flow: string, waitMs: number, now = performance.now()): number {
    const endsAt = now + waitMs;
    for (const [other, line] of this.#lines) if (line.endsAt < now) this.#lines.delete(other);
    const line = this.#lines.get(flow);
    const place = line && Math.abs(line.endsAt - endsAt) < SAME_END_MS ? line.length : 0;
    this.#lines.set(flow, { endsAt, length: place + 1 });
    const room = Math.max(1, this.#room / this.#lines.size);
    return waitMs + (Math.floor(place / room) % (MOST_WINDOWS + 1)) * this.#windowMs;
  }
}
