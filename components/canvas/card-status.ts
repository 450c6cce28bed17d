/** How a card did in an execution, laid over the canvas. */
export interface CardStatus {
  status: "running" | "waiting" | "succeeded" | "failed" | "skipped" | "unknown";
  /** One short line under the title: a duration, why it was skipped. */
  detail?: string;
  /** The way out it took; its line is drawn as taken. */
  exit?: string;
}

/** What a status is called. */
export const STATUS_LABELS: Record<CardStatus["status"], string> = {
  running: "Running",
  waiting: "Waiting",
  succeeded: "Succeeded",
  failed: "Failed",
  skipped: "Skipped",
  unknown: "Outcome unknown",
};

/** Whether an execution has come to a card. */
export function wasReached(status: CardStatus | undefined): boolean {
  return status !== undefined && status.status !== "skipped";
}
