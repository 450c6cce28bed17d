import { Tag, type Tone } from "#components/ui/tag.tsx";
import type { BulkRowStatus, BulkRun } from "#lib/api/bulk.ts";

const ROW_LABELS: Record<BulkRowStatus, string> = {
  notStarted: "Not started yet",
  queued: "Queued",
  running: "Running",
  waiting: "Waiting",
  succeeded: "Succeeded",
  failed: "Failed",
  attention: "Needs attention",
  cancelled: "Cancelled",
  leftOut: "Left out",
  gone: "Deleted",
};

const ROW_TONES: Partial<Record<BulkRowStatus, Tone>> = {
  running: "info",
  waiting: "info",
  succeeded: "good",
  failed: "bad",
  attention: "warning",
  cancelled: "warning",
  leftOut: "warning",
};

/** The order in which statuses are counted. */
export const ROW_STATUSES = Object.keys(ROW_LABELS) as BulkRowStatus[];

export function rowStatusLabel(status: BulkRowStatus): string {
  return ROW_LABELS[status];
}

export function RowStatusTag({ status }: { status: BulkRowStatus }) {
  return <Tag tone={ROW_TONES[status]}>{ROW_LABELS[status]}</Tag>;
}

/** How a run stands as a whole. */
export function RunStatusTag({ run }: { run: BulkRun }) {
  if (run.status === "running") return <Tag tone="info">Running</Tag>;
  if (run.status === "stopped") return <Tag tone="warning">Stopped</Tag>;
  const bad = (run.counts.failed ?? 0) + (run.counts.attention ?? 0);
  return bad > 0 ? <Tag tone="bad">Finished with problems</Tag> : <Tag tone="good">Finished</Tag>;
}

/** Rows there is nothing more to wait for. */
export function doneRows({ counts, total }: Pick<BulkRun, "counts" | "total">): number {
  const { notStarted = 0, queued = 0, running = 0, waiting = 0 } = counts;
  return total - notStarted - queued - running - waiting;
}

/** "3 of 5 rows done, 2 left out": a row that was left out is not done. */
export function progressText(run: Pick<BulkRun, "counts" | "total">, rows: string): string {
  const leftOut = run.counts.leftOut ?? 0;
  const done = (doneRows(run) - leftOut).toLocaleString("en");
  const left = leftOut === 0 ? "" : `, ${leftOut.toLocaleString("en")} left out`;
  return `${done} of ${run.total.toLocaleString("en")} ${rows} done${left}`;
}

/** Whether anything may still change by itself. */
export function isUnderWay(run: BulkRun): boolean {
  return run.status === "running" || doneRows(run) < run.total;
}
