import { type ExecutionStatus, type ExecutionSummary, WRITE_LIMIT } from "#lib/api/executions.ts";

const UNFINISHED: readonly ExecutionStatus[] = ["queued", "running", "waiting"];

/** True while the execution goes on by itself: its page keeps asking. */
export function isUnfinished({ status }: { status: ExecutionStatus }): boolean {
  return UNFINISHED.includes(status);
}

/** True where a person may have the execution go on from the card it stopped at. */
export function canRetryFailed({ status }: { status: ExecutionStatus }): boolean {
  return status === "failed" || status === "attention";
}

/** What a person does about an execution that stopped and can go on: the name of the button. */
export function goOnLabel({ status, error }: Pick<ExecutionSummary, "status" | "error">): string {
  if (error?.code === WRITE_LIMIT) return "Let it go on";
  if (status === "cancelled") return "Go on where it stopped";
  return status === "attention" ? "Say what happened" : "Retry from the failed card";
}

interface Timed {
  startedAt: string | null | undefined;
  finishedAt?: string | null;
}

/** Milliseconds something took, or has taken so far; undefined before it started. Clocks that disagree count as 0. */
export function elapsedMs({ startedAt, finishedAt }: Timed, now: number): number | undefined {
  if (!startedAt) return undefined;
  const end = finishedAt ? Date.parse(finishedAt) : now;
  return Math.max(0, end - Date.parse(startedAt));
}

/** Time left until an instant, as a clock would show it: "8 s", "2:05", "1:02:05"; "now" once it is past. */
export function timeLeft(until: string, now: number): string {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  if (seconds <= 0) return "now";
  if (seconds < 60) return `${seconds} s`;
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
