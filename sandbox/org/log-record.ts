/** The party in a log event, as `actor` or as one of `target`. */
export interface Party {
  id: string;
  type: string;
  alternateId: string;
  displayName: string;
  detailEntry?: Record<string, unknown> | null;
}

/** Where a change came from: who asked, in which request. */
export interface Origin {
  actor: Party;
  requestId: string;
  /** Path without query; null for a change nobody asked for over HTTP. */
  requestUri: string | null;
  url: string | null;
  ip: string | null;
  userAgent: string | null;
}

export type Severity = "DEBUG" | "INFO" | "WARN" | "ERROR";

/** One System Log event as it is kept. The two public forms (log API and hook payload) are made from it on reading. */
export interface LogRecord {
  /** Order of persistence, which is what log cursors count. */
  seq: number;
  uuid: string;
  /** When it was stored, ms. Polling queries go by this, so that an event that came late is still read. */
  persisted: number;
  /** ISO instant with milliseconds. */
  published: string;
  eventType: string;
  displayMessage: string;
  severity: Severity;
  outcome: { result: string; reason: string | null };
  target: Party[] | null;
  debugData: Record<string, string>;
  origin: Origin;
}

/** The actor of what Okta does by itself. */
export const SYSTEM_ACTOR: Party = {
  id: "sprSandboxSystem0000",
  type: "SystemPrincipal",
  alternateId: "system@okta.com",
  displayName: "Okta System",
};
