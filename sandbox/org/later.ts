/** How long Okta's background work takes here. Long enough for a caller to see the state before, short enough to wait for. */
const DELAY_MS = 50;

/** Work a call only starts: deleting a rule, running an import. Dropped when the org is emptied or closed. */
export class Later {
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Called after each piece of work, because it changes the org outside of any request. */
  #done: () => void = () => {};

  set done(listener: () => void) {
    this.#done = listener;
  }

  /** Runs `work` a moment later. */
  run(work: () => void, delayMs = DELAY_MS): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
      this.#done();
    }, delayMs);
    this.#timers.add(timer);
  }

  /** Forgets what has not run yet. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
