/** Why an execution waits that is kept back. Stands in SQL between quotes: no apostrophes. */
export const PAUSED = "The flow is paused; it runs when the flow is resumed.";
