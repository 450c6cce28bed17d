// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Exchange, StepView } from "#lib/api/executions.ts";
import { ExchangeList } from "./exchange-list.tsx";

afterEach(cleanup);

const at = "2026-11-22T02:00:00.000Z";
const step = (status: StepView["status"], exchanges?: Exchange[]): StepView => ({
  path: "c2",
  attempt: 1,
  status,
  startedAt: at,
  exchanges,
});
const show = (attempt: StepView) =>
  render(
    <MantineProvider env="test">
      <ExchangeList attempts={[attempt]} endpoint="POST /api/v1/users" />
    </MantineProvider>,
  );

test("a card that called nobody is said to have called nobody", () => {
  show(step("succeeded"));
  expect(screen.getByText("This card called nobody.")).toBeTruthy();
});

test("one whose outcome is unknown is not: it is said what it was about to call", () => {
  show(step("unknown"));
  expect(screen.queryByText(/called nobody/)).toBeNull();
  expect(
    screen.getByText("What was sent is not known. The card was about to call POST /api/v1/users."),
  ).toBeTruthy();
});

test("a call whose worker died with it is shown with what it was about to send, and without an answer", () => {
  const exchange: Exchange = {
    method: "POST",
    path: "/api/v1/users/00u1",
    requestBody: '{"profile":{"department":"Faults"}}',
    durationMs: 0,
    at,
    leaving: true,
  };
  const { container } = show(step("unknown", [exchange]));
  expect(screen.getByText("/api/v1/users/00u1")).toBeTruthy();
  expect(screen.getByText("Outcome not known")).toBeTruthy();
  expect(screen.getByText("About to send")).toBeTruthy();
  expect(container.textContent).toContain("Faults");
  expect(container.textContent).not.toContain("Answered");
});

test("calls that are too large to be shown are said to be that, not to be none", () => {
  show({ ...step("succeeded"), leftOut: { exchanges: 18_040_000 } });
  expect(screen.queryByText(/called nobody/)).toBeNull();
  expect(screen.getByText(/^Recorded, but not shown: 18\.1 MB\./)).toBeTruthy();
});
