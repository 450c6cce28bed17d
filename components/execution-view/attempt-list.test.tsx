// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { StepView } from "#lib/api/executions.ts";
import { AttemptList } from "./attempt-list.tsx";

afterEach(cleanup);

const at = "2026-11-22T02:00:00.000Z";
const step = (attempt: number, waits?: number): StepView => ({
  path: "c2",
  attempt,
  status: "failed",
  startedAt: at,
  finishedAt: "2026-11-22T03:00:00.000Z",
  error: { kind: "rateLimited", code: "budget-spent", message: "Waiting for Okta.", retryAt: at, waits },
});

test("says how often an attempt waited in a row, where that was more than once", () => {
  render(
    <MantineProvider env="test">
      <AttemptList attempts={[step(1, 60), step(2), step(3, 1)]} />
    </MantineProvider>,
  );
  const told = screen.getAllByRole("listitem").map(({ textContent }) => textContent ?? "");
  expect(told).toHaveLength(3);
  expect(told[2]).toContain("It waited 60 times in a row; nothing was sent.");
  expect(told.slice(0, 2).join()).not.toContain("in a row");
});
