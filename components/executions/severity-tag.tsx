import type { ExecutionSummary, Severity } from "#lib/api/executions.ts";
import classes from "./severity-tag.module.css";

/** What each severity is called on screen. */
export const SEVERITY_LABELS: Record<Severity, string> = {
  critical: "Critical",
  major: "Major",
  minor: "Minor",
};

/** The severity an event card gave an execution; nothing where it gave none. */
export function SeverityTag({ severity }: Pick<ExecutionSummary, "severity">) {
  if (!severity) return null;
  return (
    <span className={classes.tag} data-severity={severity}>
      {SEVERITY_LABELS[severity]}
    </span>
  );
}
