import type { PauseKind } from "#lib/api/flows.ts";

/** Why an execution waits that is kept back, by what paused its flow. Stand in SQL between quotes: no apostrophes. */
export const PAUSED = {
  person: "The flow is paused; it runs when the flow is resumed.",
  quarantine: "The flow is paused because it took workers down; it runs when the flow is resumed.",
  writes: "The flow is paused because it used up the writes of an hour; it runs when the flow is resumed.",
} satisfies Record<PauseKind, string>;

/**
 * SQL expression: why an execution of a paused flow waits.
 *
 * @param kind SQL expression of the flow's `paused_kind`
 */
export const pausedReasonSql = (kind: string) =>
  `case ${kind} when 'quarantine' then '${PAUSED.quarantine}' when 'writes' then '${PAUSED.writes}' else '${PAUSED.person}' end`;

/**
 * SQL condition: a flow is paused in a way that keeps an execution of this mode back. A person pauses to mend, and replays
 * to see whether it is mended; what Flowdeck itself stopped for the harm it does must not go on doing it by a replay.
 *
 * @param flow SQL name of the flow's row
 * @param mode SQL expression of the execution's mode
 */
export const keptBackSql = (flow: string, mode: string) =>
  `(${flow}.paused_at is not null and (${mode} = 'live' or ${mode} = 'replay' and ${flow}.paused_kind is distinct from 'person'))`;
