import type { CardStatus } from "#components/canvas/card-status.ts";
import { elapsedMs } from "#components/executions/elapsed.ts";
import { durationText } from "#components/ui/instant.tsx";
import type { CardRun } from "./card-runs.ts";

/** What the canvas shows of each card of an execution, by card id. Cards it has not come to are missing. */
export function cardOverlays(runs: readonly CardRun[]): Map<string, CardStatus> {
  return new Map(
    runs.flatMap(({ cardId, status, latest, attempts }) => {
      if (status === "none" || !latest) return [];
      const tries = attempts.length > 1 ? `attempt ${latest.attempt}` : undefined;
      const took =
        latest.finishedAt && status !== "skipped" ? durationText(elapsedMs(latest, 0) ?? 0) : undefined;
      const detail = [took, tries].filter((part) => part !== undefined).join(", ");
      return [[cardId, { status, exit: latest.exit, detail: detail || undefined }]];
    }),
  );
}
