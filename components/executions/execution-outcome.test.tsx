// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ExecutionSummaryLine } from "#components/execution-view/execution-summary-line.tsx";
import { ExecutionOutcome } from "./execution-outcome.tsx";
import { executionSummary, executionView } from "./test-executions.ts";

afterEach(cleanup);

test.each(["waiting", "running"] as const)("one that is %s and waits says why and until when", (status) => {
  const waits = {
    status,
    reason: "Waiting for Okta: its rate limit is used up.",
    waitingUntil: "2099-01-01T00:00:00.000Z",
  };
  const { container } = render(
    <MantineProvider env="test">
      <ExecutionOutcome execution={executionSummary(waits)} />
      <ExecutionSummaryLine execution={executionView(waits)} />
    </MantineProvider>,
  );
  const times = [...container.querySelectorAll("time")].map((time) => time.dateTime);
  expect(times).toEqual([waits.waitingUntil, waits.waitingUntil]);
  expect(container.textContent?.split(`${waits.reason} Until `)).toHaveLength(3);
});

test("one whose write is being found out about says when it looks again", () => {
  const reason = 'Finding out whether "Reset Password" took effect: the org is down: it does not answer.';
  const waits = { status: "waiting", reason, waitingUntil: "2099-01-01T00:00:00.000Z" } as const;
  const { container } = render(
    <MantineProvider env="test">
      <ExecutionOutcome execution={executionSummary(waits)} />
    </MantineProvider>,
  );
  expect(container.textContent).toContain(`${reason} Looking again at `);
  expect(container.textContent).not.toContain("Until");
});

test("one that runs and waits for nothing says nothing", () => {
  const { container } = render(
    <MantineProvider env="test">
      <div data-testid="said">
        <ExecutionOutcome execution={executionSummary({ status: "running" })} />
      </div>
    </MantineProvider>,
  );
  expect(container.querySelector("[data-testid=said]")?.textContent).toBe("");
});
