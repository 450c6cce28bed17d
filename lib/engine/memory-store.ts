import type { Ending, Step } from "./execution.ts";
import { LostClaimError, type StepBatch, type StepStore } from "./ports.ts";

/** A step store in memory: for tests of flows and cards, and for trying single cards. */
export class MemoryStepStore implements StepStore {
  readonly endings = new Map<string, Ending>();
  /** Steps as JSON, as a database keeps them: what JSON can't say is lost here too. */
  readonly #steps = new Map<string, Map<string, string>>();
  readonly #fences = new Map<string, number>();
  /** When each row was first written. */
  readonly #intended = new Map<string, number>();
  readonly #now: () => number;

  /** @param now milliseconds, since whenever */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes the execution over: from now on only `fence` may write. */
  claim(executionId: string, fence: number): void {
    this.#fences.set(executionId, fence);
  }

  async steps(executionId: string): Promise<Step[]> {
    return [...(this.#steps.get(executionId)?.values() ?? [])].map((step): Step => JSON.parse(step));
  }

  async record(executionId: string, fence: number, batch: StepBatch): Promise<void> {
    const newest = this.#fences.get(executionId) ?? fence;
    if (newest !== fence)
      throw new LostClaimError(`Execution ${executionId} was taken over by another worker.`);
    const steps = this.#steps.get(executionId) ?? new Map<string, string>();
    for (const step of batch.steps) {
      const key = `${step.path}#${step.attempt}`;
      steps.set(key, JSON.stringify(step));
      const intent = `${executionId} ${key}`;
      if (!this.#intended.has(intent)) this.#intended.set(intent, this.#now());
    }
    this.#steps.set(executionId, steps);
    if (batch.ending) this.endings.set(executionId, batch.ending);
  }

  async sinceIntent(executionId: string, path: string, attempt: number): Promise<number | undefined> {
    const at = this.#intended.get(`${executionId} ${path}#${attempt}`);
    return at === undefined ? undefined : this.#now() - at;
  }
}
