import type { Exchange, Step, StepError } from "#lib/engine/execution.ts";
import type { JsonObject } from "#lib/flow/json.ts";

/** A row of `steps` as the driver reads it. */
export interface StepRow {
  path: string;
  attempt: number;
  status: Step["status"];
  exit: string | null;
  inputs: JsonObject | null;
  outputs: JsonObject | null;
  error: StepError | null;
  exchanges: Exchange[] | null;
  because: string | null;
  settled: Step["settled"] | null;
  /** Written by who answers, never by the executor. */
  settled_by: string | null;
  started_at: Date;
  finished_at: Date | null;
}

export const STEP_COLUMNS =
  "path, attempt, status, exit, inputs, outputs, error, exchanges, because, settled, settled_by, started_at, finished_at";

/** A step as the engine and the API know it. */
export function stepFromRow(row: StepRow): Step {
  return {
    path: row.path,
    attempt: row.attempt,
    status: row.status,
    startedAt: row.started_at.toISOString(),
    ...present({
      exit: row.exit,
      inputs: row.inputs,
      outputs: row.outputs,
      error: row.error,
      exchanges: row.exchanges,
      because: row.because,
      settled: row.settled,
      settledBy: row.settled_by,
      finishedAt: row.finished_at?.toISOString() ?? null,
    }),
  };
}

/** The entries that have a value: what was never written is absent, not null. */
function present<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** A step as the statements that write it take it: the columns that have a value. */
export function rowOfStep({ startedAt, finishedAt, ...step }: Step) {
  return { ...step, started_at: startedAt, finished_at: finishedAt };
}
