import type { Ending, ExecutionRun, Step } from "./execution.ts";
import type { StepStore } from "./ports.ts";

/**
 * The steps of one execution while it runs: what is known of earlier attempts, and what is still to be made durable.
 * Finished steps wait here and travel with the next write's intent or with the ending, so that a flow costs as few
 * statements as honesty allows.
 */
export class Journal {
  readonly #store: StepStore;
  readonly #execution: Pick<ExecutionRun, "id" | "fence">;
  readonly #attempts = new Map<string, Step[]>();
  #count = 0;
  /** By path and attempt: one statement can't write the same row twice. */
  #buffer = new Map<string, Step>();
  #oldest: number | undefined;
  #holdsUnrepeatable = false;

  private constructor(store: StepStore, execution: Pick<ExecutionRun, "id" | "fence">, steps: Step[]) {
    this.#store = store;
    this.#execution = execution;
    for (const step of steps.toSorted((a, b) => a.attempt - b.attempt)) this.#note(step);
  }

  /** Takes up where earlier runs of the execution left off. */
  static async open(store: StepStore, execution: ExecutionRun): Promise<Journal> {
    return new Journal(store, execution, execution.fresh ? [] : await store.steps(execution.id));
  }

  /** Attempts at a card, oldest first. */
  attempts(path: string): readonly Step[] {
    return this.#attempts.get(path) ?? [];
  }

  latest(path: string): Step | undefined {
    return this.#attempts.get(path)?.at(-1);
  }

  /** The next attempt at a card, as it begins. Not recorded by this. */
  nextAttempt(path: string, at: Date): Step {
    const attempt = (this.latest(path)?.attempt ?? 0) + 1;
    return { path, attempt, status: "running", startedAt: at.toISOString() };
  }

  /** Rows of the execution, buffered ones included. */
  get count(): number {
    return this.#count;
  }

  /** Whether the outcome of a write that can't simply be sent again is still to be made durable. */
  get holdsUnrepeatable(): boolean {
    return this.#holdsUnrepeatable;
  }

  /** Milliseconds the oldest step has waited to be made durable; 0 when none does. */
  age(now: Date): number {
    return this.#oldest === undefined ? 0 : now.getTime() - this.#oldest;
  }

  /**
   * Takes a step for the next batch.
   * @param unrepeatable the outcome of a write that can't simply be sent again: losing it would need settling
   */
  add(step: Step, at: Date, unrepeatable = false): void {
    this.#note(step);
    this.#buffer.set(`${step.path}#${step.attempt}`, step);
    this.#oldest ??= at.getTime();
    this.#holdsUnrepeatable ||= unrepeatable;
  }

  /** Makes durable what waits, together with the running row of a write that is about to be sent. */
  async intend(running: Step): Promise<void> {
    this.#note(running);
    await this.#record([...this.#take(), running]);
  }

  /** Milliseconds since the intent of an attempt was durable, see `StepStore.sinceIntent`. */
  sinceIntent({ path, attempt }: Step): Promise<number | undefined> {
    return this.#store.sinceIntent(this.#execution.id, path, attempt);
  }

  /** Makes durable what waits. */
  async flush(): Promise<void> {
    await this.#record(this.#take());
  }

  /** Makes durable what waits and, in the same statement, how the run ends. */
  async finish(ending: Ending): Promise<Ending> {
    await this.#record(this.#take(), ending);
    return ending;
  }

  #note(step: Step): void {
    const attempts = this.#attempts.get(step.path) ?? [];
    const at = attempts.findIndex(({ attempt }) => attempt === step.attempt);
    if (at === -1) {
      attempts.push(step);
      this.#count++;
    } else attempts[at] = step;
    this.#attempts.set(step.path, attempts);
  }

  #take(): Step[] {
    const steps = [...this.#buffer.values()];
    this.#buffer = new Map();
    this.#oldest = undefined;
    this.#holdsUnrepeatable = false;
    return steps;
  }

  async #record(steps: Step[], ending?: Ending): Promise<void> {
    await this.#store.record(
      this.#execution.id,
      this.#execution.fence,
      ending ? { steps, ending } : { steps },
    );
  }
}
