import type { ExecutionMode, ExecutionSummary } from "#lib/api/executions.ts";
import type { Severity } from "#lib/cards/severity.ts";
import { CARD_FAILED } from "#lib/connectors/core/card-failed.ts";
import type { ExecutionStatus } from "#lib/engine/execution.ts";

/** A row of the list of executions as the driver reads it. */
export interface SummaryRow {
  id: string;
  flow_id: string;
  flow_name: string;
  version_number: number | null;
  mode: ExecutionMode;
  status: ExecutionStatus;
  ran: boolean;
  severity: Severity | null;
  reason: string | null;
  subject: string;
  event_type: string | null;
  bulk_id: string | null;
  waiting_until: Date | null;
  error: { message: string; code: string; path: string } | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

/**
 * The event's type comes from its own column: reading payloads of 200 events for a list would cost megabytes. What another
 * flow called when a card failed has no event; its card's id stands there instead.
 */
export const SUMMARY_COLUMNS = `e.id, e.flow_id, f.name as flow_name, v.number as version_number, e.mode, e.status, e.ran, e.severity,
  e.reason,
  e.subject, coalesce(ev.event_type, e.trigger->>'eventType', case when e.called_by_id is not null then '${CARD_FAILED}' end) as event_type, e.bulk_id, e.waiting_until, e.error, e.created_at,
  e.started_at, e.finished_at`;

export const SUMMARY_JOINS = `join flows f on f.id = e.flow_id
  left join flow_versions v on v.id = e.version_id
  left join events ev on ev.id = e.event_id`;

/** An execution as lists show it. */
export function summaryFromRow(row: SummaryRow): ExecutionSummary {
  const { error } = row;
  return {
    id: row.id,
    flow: { id: row.flow_id, name: row.flow_name },
    version: row.version_number,
    mode: row.mode,
    status: row.status,
    ran: row.ran,
    severity: row.severity,
    reason: row.reason,
    subject: row.subject,
    eventType: row.event_type,
    bulkId: row.bulk_id,
    waitingUntil: row.waiting_until?.toISOString() ?? null,
    error: error && { message: error.message, code: error.code, path: error.path },
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
