/** What one bulk load carries. */
export interface ImportRow {
  externalId: string;
  /** Null asks to remove the person. */
  profile: Record<string, string | null> | null;
}

/** An import session of an identity source. */
export interface ImportSession {
  id: string;
  seq: number;
  sourceId: string;
  status: "CREATED" | "IN_PROGRESS" | "TRIGGERED" | "COMPLETED" | "CLOSED" | "EXPIRED" | "ERROR";
  created: string;
  lastUpdated: string;
  /** ms; null until it is triggered. */
  triggeredAt: number | null;
  loads: number;
  rows: ImportRow[];
}

/** Okta's limits: loads per session, rows and bytes per load, rest after a trigger, idle life. */
export const MAX_LOADS = 50;
export const MAX_ROWS = 200;
export const MAX_BYTES = 200 * 1024;
export const REST_MS = 5 * 60_000;
export const IDLE_MS = 24 * 3_600_000;

/** A session as the API answers it. */
export function sessionJson(session: ImportSession): Record<string, unknown> {
  return {
    id: session.id,
    identitySourceId: session.sourceId,
    status: session.status,
    importType: "INCREMENTAL",
    created: session.created,
    lastUpdated: session.lastUpdated,
  };
}
