import { describe, expect, it } from "vitest";
import { runOktaCard } from "../test-okta-card.ts";
import { get, type RequestCase, testRequests } from "../test-requests.ts";
import { SAMPLE_LOG_EVENT } from "./log-sample.ts";
import { searchLogs } from "./search-logs.ts";

/** The cards run on 2026-11-21 at 09:00. */
const WEEK = { since: "2026-11-14T09:00:00.000Z", until: "2026-11-21T09:00:00.000Z" };
const entries = { body: [SAMPLE_LOG_EVENT] };

const LOGS: RequestCase[] = [
  {
    name: "Search System Logs for the last week, first",
    card: searchLogs,
    inputs: {},
    answer: entries,
    request: get("/api/v1/logs", { ...WEEK, limit: 1 }),
    outputs: {
      uuid: SAMPLE_LOG_EVENT.uuid ?? null,
      actor: { displayName: "Ann Lee" },
      target: [{ type: "User" }],
      logs: null,
    },
  },
  {
    name: "Search System Logs with no match",
    card: searchLogs,
    inputs: { uuid: "x" },
    answer: { body: [] },
    request: get("/api/v1/logs", { filter: 'uuid eq "x"', ...WEEK, limit: 1 }),
    outputs: { uuid: null, rawBody: null },
  },
  {
    name: "Search System Logs by every criterion, newest first, all",
    card: searchLogs,
    options: { resultSet: "all" },
    inputs: {
      eventType: "user.session.start",
      uuid: "f1",
      displayMessage: "User login to Okta",
      actorId: "00u1",
      actorDisplayName: "Ann Lee",
      actorType: "User",
      targetId: "00u2",
      targetDisplayName: "Bob Ray",
      targetType: "User",
      severity: "WARN",
      outcomeResult: "FAILURE",
      customFilter: 'client.ipAddress eq "203.0.113.7" or severity eq "ERROR"',
      since: "2026-11-01T00:00:00+01:00",
      until: "2026-11-02",
      sortOrder: "DESCENDING",
      recordLimit: 5000,
    },
    answer: entries,
    request: get("/api/v1/logs", {
      filter:
        'eventType eq "user.session.start" and uuid eq "f1" and displayMessage eq "User login to Okta" and actor.id eq "00u1" ' +
        'and actor.displayName eq "Ann Lee" and actor.type eq "User" and target.id eq "00u2" and target.displayName eq ' +
        '"Bob Ray" and target.type eq "User" and severity eq "WARN" and outcome.result eq "FAILURE" and ' +
        '(client.ipAddress eq "203.0.113.7" or severity eq "ERROR")',
      since: "2026-10-31T23:00:00.000Z",
      until: "2026-11-02T00:00:00.000Z",
      sortOrder: "DESCENDING",
      limit: 1000,
    }),
    outputs: { uuid: null },
  },
  {
    name: "Search System Logs by keyword, all",
    card: searchLogs,
    options: { searchBy: "keyword", resultSet: "all" },
    inputs: { keyword: "ann.lee denied", until: "2026-11-20T00:00:00.000Z" },
    answer: entries,
    request: get("/api/v1/logs", {
      q: "ann.lee denied",
      since: "2026-11-13T00:00:00.000Z",
      until: "2026-11-20T00:00:00.000Z",
      limit: 1000,
    }),
  },
];

describe("what the log cards ask of Okta", () => testRequests(LOGS, "okta.logs."));

describe("Search System Logs", () => {
  it("refuses a span that ends before it begins", async () => {
    const inputs = { since: "2026-11-22T00:00:00.000Z" };
    await expect(runOktaCard(searchLogs, { inputs })).rejects.toMatchObject({
      details: { kind: "input", field: ["since"] },
    });
  });
});
