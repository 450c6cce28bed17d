import type { SeenLimit } from "../okta/read-limit.ts";

interface Lately {
  limit: number;
  window: number;
  /** Falling: how little was left, and since when that is known here. */
  lows: { at: number; remaining: number }[];
  /** All that was seen left. */
  had: Set<number>;
  /** How often each other bucket was seen not to be one with this. */
  against: Map<string, number>;
}

/** As many as calls may well be under way at once: a call that left before all of these says nothing. */
const LOWS = 64;
/** So many answers are remembered of a bucket and window; a few hundred are enough to tell. */
const HAD = 500;
/** Okta counts on more than one machine: one answer that is out of order is not taken for a bucket of its own. */
const TIMES = 2;

/**
 * Tells buckets apart that have the same limit and the same reset by chance. In one bucket a call that leaves after
 * another's answer came has less left than that one had, and no two calls have the same left, however many are under way at
 * once; where it is otherwise, there are two. Instants are counted, not measured.
 */
export class AnswerOrder {
  #at = 0;
  readonly #lately = new Map<string, Lately>();

  /** @returns the instant a call leaves, for `note` */
  leaves(): number {
    this.#at += 1;
    return this.#at;
  }

  /** Takes note of the answer to a call that left then. */
  note(name: string, left: number, { limit, remaining, window }: SeenLimit): void {
    // Refused calls all have nothing left.
    if (window === undefined || remaining === 0) return;
    const known = this.#lately.get(name);
    if (known && known.window > window) return;
    const same = known?.window === window && known.limit === limit;
    const mine: Lately = same ? known : { limit, window, lows: [], had: new Set(), against: new Map() };
    if (!same) this.#lately.set(name, mine);
    for (const [other, theirs] of this.#lately) {
      if (other === name || theirs.window !== window || theirs.limit !== limit) continue;
      const low = theirs.lows.findLast(({ at }) => at < left);
      const isOther = theirs.had.has(remaining) || (low && remaining >= low.remaining);
      if (isOther) mine.against.set(other, (mine.against.get(other) ?? 0) + 1);
    }
    this.#at += 1;
    mine.had.add(remaining);
    if (mine.had.size > HAD) mine.had.clear();
    if (remaining < (mine.lows.at(-1)?.remaining ?? Infinity)) mine.lows.push({ at: this.#at, remaining });
    if (mine.lows.length > LOWS) mine.lows.shift();
  }

  /** @returns buckets that are not one with this in the window it was last seen in; undefined where none is known */
  apartFrom(name: string): { window: number; buckets: string[] } | undefined {
    const mine = this.#lately.get(name);
    if (!mine) return undefined;
    const { window } = mine;
    const buckets = [...this.#lately]
      .filter(([other, theirs]) => other !== name && theirs.window === window)
      .filter(([other, theirs]) => (mine.against.get(other) ?? 0) + (theirs.against.get(name) ?? 0) >= TIMES)
      .map(([other]) => other);
    return buckets.length === 0 ? undefined : { window, buckets };
  }
}
