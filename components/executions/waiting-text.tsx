"use client";

import { FINDING_OUT } from "#lib/api/executions.ts";
import { timeLeft } from "./elapsed.ts";
import { useNow } from "./use-now.ts";

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** What an execution waits for and until when, counting down: "Waiting for Okta … until 14:03:22 (8 s)". */
export function WaitingText({ reason, until }: { reason: string | null; until: string }) {
  const now = useNow(true);
  const left = timeLeft(until, now);
  return (
    <>
      {reason ?? "Waiting"} {reason?.startsWith(FINDING_OUT) ? "Looking again at" : "Until"}{" "}
      <time dateTime={until} suppressHydrationWarning>
        {clock.format(new Date(until))}
      </time>{" "}
      <span suppressHydrationWarning>({left})</span>
    </>
  );
}
