import type { StepView } from "#lib/api/executions.ts";

/** What happened between an attempt whose outcome nobody knew and the outcome that stands there. */
export function settledNote({ settled, settledBy, outputs, status }: StepView): string | undefined {
  if (!settled) return undefined;
  const happened = status === "succeeded";
  if (settled === "readBack") {
    return happened
      ? "The answer to this write was lost. Flowdeck read the connected system back, found that it had taken effect, and went on without sending it again."
      : "The answer to this write was lost. Flowdeck read the connected system back and found that it had not taken effect, so it may be sent again.";
  }
  const who = settledBy ?? "A person";
  if (!happened)
    return `The answer to this write was lost. ${who} looked and said that it had not taken effect.`;
  const gave = isGiven({ settled, outputs }) ? ", and gave its outputs" : "";
  return `The answer to this write was lost. ${who} looked and said that it had taken effect${gave}.`;
}

/** Whether a step's outputs are what a person gave in place of an answer that was lost. */
export function isGiven({ settled, outputs }: Pick<StepView, "settled" | "outputs">): boolean {
  return settled === "person" && outputs !== undefined && Object.keys(outputs).length > 0;
}
