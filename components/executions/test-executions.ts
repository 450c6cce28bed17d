import type { ExecutionSummary, ExecutionView, StepView } from "#lib/api/executions.ts";

/** For tests: an execution as the list shows it. */
export function executionSummary(changes: Partial<ExecutionSummary> = {}): ExecutionSummary {
  return {
    id: "00000000-0000-4000-8000-000000000001",
    flow: { id: "00000000-0000-4000-8000-00000000f10e", name: "Suspend contractors who leave" },
    version: 3,
    mode: "live",
    status: "succeeded",
    ran: true,
    severity: null,
    reason: null,
    subject: "ann@acme.example, Contractors",
    eventType: "group.user_membership.remove",
    bulkId: null,
    waitingUntil: null,
    error: null,
    createdAt: "2026-11-21T09:00:00.000Z",
    startedAt: "2026-11-21T09:00:00.010Z",
    finishedAt: "2026-11-21T09:00:00.350Z",
    ...changes,
  };
}

/** For tests: one execution, card by card; a flow of one event card unless the caller gives another. */
export function executionView(changes: Partial<ExecutionView> = {}): ExecutionView {
  return {
    ...executionSummary(),
    error: null,
    document: {
      format: 1,
      name: "Suspend contractors who leave",
      cards: { c1: { card: "okta.groups.userRemoved", v: 1, connection: "sandbox" } },
      edges: [],
      layout: { c1: [0, 0] },
    },
    trigger: { eventType: "group.user_membership.remove" },
    result: null,
    arrival: null,
    retryOf: null,
    calledBy: null,
    calls: [],
    notCalled: null,
    retries: [],
    cancelRequested: false,
    newerVersion: null,
    steps: [],
    ...changes,
  };
}

/** For tests: one attempt at a card. */
export function step(path: string, changes: Partial<StepView> = {}): StepView {
  return {
    path,
    attempt: 1,
    status: "succeeded",
    exit: "next",
    startedAt: "2026-11-21T09:00:00.010Z",
    finishedAt: "2026-11-21T09:00:00.110Z",
    ...changes,
  };
}
