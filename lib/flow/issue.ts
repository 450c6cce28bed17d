/**
 * Something about a flow that keeps it from being published ("error") or that its author should know ("warning").
 * Names the card and the field, so that the builder can put a badge on both.
 */
export interface FlowIssue {
  severity: "error" | "warning";
  /** Stable, for tests and for the API: "missing-input", "cycle", … */
  code: string;
  /** One sentence an admin understands, with what to do. */
  message: string;
  card?: string;
  /** Path of the input, for example `["profile", "login"]`. */
  field?: string[];
}
