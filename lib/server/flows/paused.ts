/** Why an execution waits that is kept back. Stands in SQL between quotes: no apostrophes. */
export const PAUSED = "The flow is paused; it runs when the flow is resumed.";

/**
 * SQL condition: a flow is paused in a way that keeps an execution of this mode back. A person pauses to mend, and replays
 * to see whether it is mended; what Flowdeck itself stopped for the harm it does must not go on doing it by a replay.
 *
 * @param flow SQL name of the flow's row
 * @param mode SQL expression of the execution's mode
 */
export const keptBackSql = (flow: string, mode: string) =>
  `(${flow}.paused_at is not null and (${mode} = 'live' or ${mode} = 'replay' and ${flow}.paused_kind is distinct from 'person'))`;
