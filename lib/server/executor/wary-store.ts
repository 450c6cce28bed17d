import type { StepStore } from "#lib/engine/ports.ts";

/** Well below the silence after which other workers hold this one for dead (queue/sweep.ts). */
const TOO_LONG_MS = 10_000;

/** Recording took so long that another worker may have taken the execution over meanwhile. */
export class DoubtfulClaimError extends Error {
  override name = "DoubtfulClaimError";
}

/**
 * A store that distrusts its own slowness. The engine sends a write right after its intent was recorded; a process
 * frozen while that answer was on its way would, thawed a minute later, send a write that another worker has long
 * settled. The fence can't help there: Okta does not know it.
 */
export function wary(store: StepStore): StepStore {
  return {
    steps: store.steps,
    sinceIntent: store.sinceIntent,
    record: async (executionId, fence, batch) => {
      const before = performance.now();
      await store.record(executionId, fence, batch);
      const tookMs = performance.now() - before;
      if (tookMs > TOO_LONG_MS && !batch.ending) {
        throw new DoubtfulClaimError(
          `Recording a step took ${Math.round(tookMs / 1000)} s; the execution is claimed anew.`,
        );
      }
    },
  };
}
