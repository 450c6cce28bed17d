import type { Backlog, BacklogCounts } from "#lib/api/backlog.ts";

/** For tests: a backlog of so many executions. */
export function backlogOf(counts: Partial<BacklogCounts> = {}, changes: Partial<Backlog> = {}): Backlog {
  const none = { ready: 0, running: 0, okta: 0, down: 0, line: 0, delay: 0 };
  return {
    at: "2026-11-22T14:00:00.000Z",
    all: { ...none, authorization: 0, paused: 0, attention: 0, ...counts },
    ofFlow: null,
    readySince: null,
    oktaUntil: null,
    workers: 1,
    endedPerSecond: 0,
    arrivedPerSecond: 0,
    outlook: { kind: "unknown" },
    ...changes,
  };
}
