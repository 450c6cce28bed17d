import type { Exchange, StepView } from "#lib/api/executions.ts";
import type { CardRun } from "./card-runs.ts";

/** A call a plan did not send. */
export interface PlannedWrite {
  /** Step path of the card that would send it. */
  path: string;
  title: string;
  exchange: Exchange & { held: NonNullable<Exchange["held"]> };
}

/**
 * What a plan would write, in the order it would be sent. Of a card that was tried again, the last try counts. Reads that
 * wait for a write of the plan change nothing.
 */
export function plannedWrites(runs: readonly CardRun[]): PlannedWrite[] {
  return runs.flatMap(({ path, title, latest }) =>
    (latest?.exchanges ?? []).flatMap((exchange): PlannedWrite[] =>
      exchange.held && exchange.method !== "GET"
        ? [{ path, title, exchange: { ...exchange, held: exchange.held } }]
        : [],
    ),
  );
}

/** Whether the step's outputs are partly assumed, because a call of it was not sent. */
export function isAssumed(step: StepView | undefined): boolean {
  return step?.exchanges?.some(({ held }) => held !== undefined) ?? false;
}
