import type { StepView } from "#lib/api/executions.ts";

/** What happened between an attempt whose outcome nobody knew and the outcome that stands there. */
export function settledNote({ settled, status }: StepView): string | undefined {
  if (!settled) return undefined;
  const happened = status === "succeeded";
  if (settled === "readBack") {
    return happened
      ? "The answer to this write was lost. Flowdeck read the connected system back, found that it had taken effect, and went on without sending it again."
      : "The answer to this write was lost. Flowdeck read the connected system back and found that it had not taken effect, so it may be sent again.";
  }
  return happened
    ? "The answer to this write was lost. A person looked and said that it had taken effect."
    : "The answer to this write was lost. A person looked and said that it had not taken effect.";
}
