"use client";

import { timeLeft } from "./elapsed.ts";
import { useNow } from "./use-now.ts";

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** What an execution waits for and until when, counting down: "Waiting for Okta … until 14:03:22 (8 s)". */
export function WaitingText({ reason, until }: { reason: string | null; until: string }) {
  const now = useNow(true);
  const left = timeLeft(until, now);
  return (
    <>
      {reason ?? "Waiting"} Until{" "}
      <time dateTime={until} suppressHydrationWarning>
        {clock.format(new Date(until))}
      </time>{" "}
      <span suppressHydrationWarning>({left})</span>
    </>
  );
}
