import type { Exchange } from "./execution.ts";

/** Of each end. A call's record takes up to 33 KB, and a card that reads a large org page by page makes thousands. */
const KEPT_OF_EACH_END = 50;

/**
 * The calls of one attempt at a card: the first and the last of them, so that its record stays small however many it
 * makes. The first of the last says how many before it are left out.
 */
export class ExchangeLog {
  readonly #first: Exchange[] = [];
  #last: Exchange[] = [];
  #count = 0;

  add(exchange: Exchange): void {
    this.#count++;
    // What a plan would write is what it is for.
    if (exchange.held || this.#first.length < KEPT_OF_EACH_END) this.#first.push(exchange);
    else {
      this.#last.push(exchange);
      if (this.#last.length >= KEPT_OF_EACH_END * 2) this.#last = this.#last.slice(-KEPT_OF_EACH_END);
    }
  }

  /** In the order they were made. */
  list(): Exchange[] {
    const [next, ...rest] = this.#last.slice(-KEPT_OF_EACH_END);
    if (!next) return [...this.#first];
    const omitted = this.#count - this.#first.length - rest.length - 1;
    return [...this.#first, omitted > 0 ? { ...next, omitted } : next, ...rest];
  }

  get length(): number {
    return this.#count;
  }
}
