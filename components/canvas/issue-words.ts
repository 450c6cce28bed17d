import type { FlowIssue } from "#lib/flow/issue.ts";

/** "1 problem, 2 warnings": the same words on a card and above the flow. Empty where there is neither. */
export function issueWords(issues: readonly Pick<FlowIssue, "severity">[]): string {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  return [counted(errors, "problem"), counted(issues.length - errors, "warning")].filter(Boolean).join(", ");
}

function counted(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}
