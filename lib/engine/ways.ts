import type { FlowPlan, PlannedCard } from "./plan.ts";

/**
 * Which cards of a flow the run reaches. Cards are visited after all that lead to them, so each way into a card is
 * decided by then: it runs if one of them is live, and is skipped if all are dead.
 */
export class Ways {
  readonly #live: Set<string>;
  readonly #decidedBy = new Map<string, string>();

  constructor(plan: FlowPlan) {
    this.#live = new Set([plan.event.id]);
  }

  isLive(card: string): boolean {
    return this.#live.has(card);
  }

  /** The card whose decision made the last way into this one dead; undefined where nothing leads to it. */
  decidedBy(card: string): string | undefined {
    return this.#decidedBy.get(card);
  }

  /** The card was passed: the ways at this exit are live, its others dead. */
  pass(planned: PlannedCard, exit: string | undefined): void {
    for (const { out, to } of planned.outgoing) {
      if (out === exit) this.#live.add(to);
      else this.#decidedBy.set(to, planned.id);
    }
  }

  /** The card was skipped: all ways out of it are dead, decided by whatever decided about this one. */
  skip(planned: PlannedCard): void {
    const because = this.decidedBy(planned.id) ?? planned.id;
    for (const { to } of planned.outgoing) this.#decidedBy.set(to, because);
  }
}
