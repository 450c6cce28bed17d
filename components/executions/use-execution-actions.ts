"use client";

import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { cancelExecution, retryExecution } from "#lib/api/executions.ts";
import type { JsonObject } from "#lib/flow/json.ts";

/** From where, and on which version. */
export type Retry =
  | {
      from: "failed";
      /** What became of a write of unknown outcome, which attempt is meant, and what it gave. */
      tookEffect?: boolean;
      about?: { path: string; attempt: number };
      outputs?: JsonObject;
      version?: "latest";
    }
  | { from: "start"; version: "same" | "latest" };

/** Tries an execution again. `onDone` gets the id of the execution that runs now: the same one, or a new one. */
export function useRetry(id: string, onDone?: (executionId: string) => void) {
  return useAction({
    run: (how: Retry) => call(retryExecution, { params: { id }, body: how }),
    failed: "The execution was not tried again",
    done: (_, how) => doneText(how),
    onDone: (answer) => onDone?.(answer.executionId),
  });
}

function doneText(how: Retry): string {
  if (how.from === "failed" && how.about !== undefined)
    return how.tookEffect ? "It goes on behind the card; nothing is sent again." : "It is sent again.";
  return "The execution is queued to run again.";
}

/** Stops an execution before its next card. */
export function useCancel(id: string, onDone?: () => void) {
  return useAction({
    run: () => call(cancelExecution, { params: { id } }),
    failed: "The execution was not cancelled",
    done: "The execution stops before its next card.",
    onDone: () => onDone?.(),
  });
}
