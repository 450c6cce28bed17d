"use client";

import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";

const exact = new Intl.DateTimeFormat(undefined, {
  dateStyle: "medium",
  timeStyle: "long",
});
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

const STEPS: [limitSeconds: number, unitSeconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86_400, 3600, "hour"],
  [7 * 86_400, 86_400, "day"],
];

/** A time in the viewer's zone: how long ago, or the date when that is more than a week; the exact instant on hover. */
export function Instant({ at }: { at: string }) {
  const now = useNow();
  const date = new Date(at);
  return (
    <Tooltip label={`${exact.format(date)} (${at})`}>
      <time dateTime={at} suppressHydrationWarning>
        {relativeTo(date, now)}
      </time>
    </Tooltip>
  );
}

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** The time of day with seconds, in the viewer's zone, for logs whose entries are close together; with the day unless today. */
export function ClockTime({ at }: { at: string }) {
  const date = new Date(at);
  return (
    <Tooltip label={`${exact.format(date)} (${at})`}>
      <time dateTime={at} suppressHydrationWarning>
        {clockText(date, new Date())}
      </time>
    </Tooltip>
  );
}

/** "14:03:09", on another day than `now` "21 Nov, 14:03:09". */
export function clockText(date: Date, now: Date): string {
  const time = clock.format(date);
  return date.toDateString() === now.toDateString() ? time : `${dayOfYear.format(date)}, ${time}`;
}

/** "3 minutes ago", "in 20 seconds", or a date. */
export function relativeTo(date: Date, now: number): string {
  const seconds = Math.round((date.getTime() - now) / 1000);
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  if (!step) return day.format(date);
  const [, size, unit] = step;
  return relative.format(Math.trunc(seconds / size), unit);
}

/** The time now, renewed often enough for "seconds ago". */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** A length of time for people: "340 ms", "2.4 s", "3 min 5 s". */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  return `${minutes} min ${Math.round((ms % 60_000) / 1_000)} s`;
}
