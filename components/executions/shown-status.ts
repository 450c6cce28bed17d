import { STATUS_LABELS } from "#components/flows/status-dot.tsx";
import type { ExecutionSummary } from "#lib/api/executions.ts";

/**
 * How an execution stands, as people see it: one that a condition kept from running ended well, but to call that
 * "Succeeded" would hide that the flow did nothing.
 */
export function shownStatus({ status, ran }: Pick<ExecutionSummary, "status" | "ran">): {
  /** The mark that is drawn. */
  dot: string;
  label: string;
} {
  if (status === "succeeded" && !ran) return { dot: "skipped", label: "Did not run" };
  return { dot: status, label: STATUS_LABELS[status] ?? status };
}
