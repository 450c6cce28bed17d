"use client";

import { durationText } from "#components/ui/instant.tsx";
import type { ExecutionSummary } from "#lib/api/executions.ts";
import { elapsedMs, isUnfinished } from "./elapsed.ts";
import { useNow } from "./use-now.ts";

/** How long an execution took, or has taken so far; nothing before it started. */
export function ExecutionDuration({ execution }: { execution: ExecutionSummary }) {
  const running = isUnfinished(execution) && execution.startedAt !== null;
  const now = useNow(running);
  // One that stopped for a person has no end yet, but doesn't go on either.
  if (!running && !execution.finishedAt) return <>–</>;
  const ms = elapsedMs(execution, now);
  return <span suppressHydrationWarning>{ms === undefined ? "–" : durationText(ms)}</span>;
}
