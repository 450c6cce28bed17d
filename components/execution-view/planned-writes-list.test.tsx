// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Exchange, StepView } from "#lib/api/executions.ts";
import type { CardRun } from "./card-runs.ts";
import { isAssumed } from "./planned-writes.ts";
import { PlannedWrites } from "./planned-writes-list.tsx";

afterEach(cleanup);

const at = "2026-11-22T02:00:00.000Z";
const call = (method: string, path: string, more: Partial<Exchange> = {}): Exchange => ({
  method,
  path,
  durationMs: 0,
  at,
  ...more,
});
const step = (exchanges: Exchange[]): StepView => ({
  path: "c2",
  attempt: 1,
  status: "succeeded",
  startedAt: at,
  exchanges,
});
const run = (latest: StepView): CardRun => ({
  path: "c2",
  cardId: "c2",
  title: "Update Ann",
  attempts: [latest],
  latest,
  status: "succeeded",
});
const show = (runs: CardRun[], status: "succeeded" | "failed" | "running" = "succeeded") =>
  render(
    <MantineProvider env="test">
      <PlannedWrites runs={runs} execution={{ status }} />
    </MantineProvider>,
  );

test("a plan lists what was not sent, with what is there now", () => {
  const changes = [
    { field: ["profile", "title"], before: "Engineer", after: "Lead" },
    { field: ["profile", "nickName"], after: "Annie" },
    { field: ["status"], before: "ACTIVE" },
  ];
  const latest = step([
    call("GET", "/api/v1/users/00u1", { status: 200 }),
    call("POST", "/api/v1/users/00u1", { held: { changes } }),
    call("PUT", "/api/v1/groups/00g1/users/00u1", { held: { changes: [] } }),
  ]);
  show([run(latest)]);
  const text = screen.getByRole("region", { name: "What would change" }).textContent;
  expect(text).toContain("2 calls were not sent.");
  expect(text).toContain("POST /api/v1/users/00u1");
  expect(text).toContain("profile › title: Engineer → Lead");
  expect(text).toContain("profile › nickName: (empty) → Annie");
  expect(text).toContain("status: ACTIVE now");
  expect(text).toContain("PUT /api/v1/groups/00g1/users/00u1");
  expect(text).not.toContain("GET");
  expect(isAssumed(latest)).toBe(true);
});

test("a plan that would write nothing says so, and not before it ended", () => {
  const reads = run(step([call("GET", "/api/v1/users/00u1", { status: 200 })]));
  show([reads]);
  expect(screen.getByText("With this event the flow would change nothing.")).toBeDefined();
  cleanup();
  show([reads], "running");
  expect(screen.queryByText("With this event the flow would change nothing.")).toBeNull();
  expect(isAssumed(reads.latest)).toBe(false);
});
