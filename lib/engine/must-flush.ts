import type { Journal } from "./journal.ts";
import type { EngineLimits } from "./limits.ts";
import type { PlannedCard } from "./plan.ts";
import type { EnginePorts } from "./ports.ts";

interface Run {
  journal: Journal;
  ports: Pick<EnginePorts, "clock">;
  limits: EngineLimits;
  /** Characters of JSON in outputs, and in inputs. */
  held: number;
  given: number;
  /** Both together when the journal was last flushed for them. */
  flushed: number;
}

/** Whether what waits is to be made durable before a card that may take its time, or would make it too much. */
export function mustFlush(run: Run, planned: PlannedCard): boolean {
  const { journal, ports, limits, held, given } = run;
  if (held + given - run.flushed > limits.flushAfterSize) {
    run.flushed = held + given;
    return true;
  }
  // Were the worker to die during a slow read, a write that can't be sent again would need settling for no reason.
  if (planned.effect === "read" && journal.holdsUnrepeatable) return true;
  return journal.age(ports.clock.now()) > limits.flushAfterMs;
}
