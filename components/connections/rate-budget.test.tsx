// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { BudgetView } from "#lib/api/budget.ts";
import { BudgetMeter, clearsText } from "./rate-budget.tsx";

afterEach(cleanup);

const bucket = {
  name: "GET /api/v1/users/{id}",
  limit: 600,
  reserved: 300,
  remaining: 450,
  resetAt: "2026-11-22T02:00:00.000Z",
  used: 150,
  usedBefore: 20,
  waiting: 3,
};

function show(budget: Partial<BudgetView> = {}) {
  const onSave = vi.fn();
  render(
    <MantineProvider env="test">
      <BudgetMeter
        budget={{ reservePercent: 50, maxCalls: 30, waiting: 0, down: null, buckets: [], ...budget }}
        onSave={onSave}
      />
    </MantineProvider>,
  );
  return onSave;
}

test("each bucket shows what flows used of their share, and what is left of the whole", () => {
  show({ buckets: [{ ...bucket, resetAt: new Date(Date.now() + 30_000).toISOString() }], waiting: 3 });
  const row = screen.getByRole("row", { name: /GET \/api\/v1\/users/ });
  expect(row.textContent).toContain("150 of 300, before 20");
  expect(row.textContent).toContain("450 of 600");
  expect(screen.getByRole("status").textContent).toMatch(
    /^3 executions wait before a call to this org\. Those/,
  );
});

test("it says when those that wait for a limit are let through at the earliest", () => {
  const now = Date.parse("2026-11-22T01:59:20.000Z");
  const others = { ...bucket, waiting: 0, resetAt: "2026-11-22T02:05:00.000Z" };
  expect(clearsText([{ ...bucket, waiting: 700 }, others], now)).toBe(
    " Those that wait for a limit are let through in about 3 min at the earliest.",
  );
  expect(clearsText([{ ...bucket, resetAt: null }, others], now)).toBe("");
});

test("an org nobody called says so", () => {
  show();
  expect(screen.getByText("No limit is known: no flow had an answer of it in the last hour.")).toBeDefined();
  expect(screen.queryByRole("status")).toBeNull();
});

test("limits are saved together, and only when they were changed", () => {
  const onSave = show();
  const save = screen.getByRole("button", { name: "Save limits" });
  expect(save).toHaveProperty("disabled", true);
  fireEvent.change(screen.getByRole("textbox", { name: "Left to others (%)" }), { target: { value: "70" } });
  fireEvent.click(save);
  expect(onSave).toHaveBeenCalledWith({ reservePercent: 70, maxCalls: 30 });
});

test.each([
  ["Calls at once", "", "A whole number from 1 to 500."],
  ["Left to others (%)", "abc-1", "A whole number from 0 to 90."],
])("%s: %j is kept, not saved, and says why", (label, typed, problem) => {
  const onSave = show();
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: label });
  fireEvent.change(field, { target: { value: typed } });
  expect(field.value).toBe(typed);
  expect(screen.getByText(problem)).toBeDefined();
  const save = screen.getByRole("button", { name: "Save limits" });
  expect(save).toHaveProperty("disabled", true);
  fireEvent.click(save);
  expect(onSave).not.toHaveBeenCalled();
});

test("an org that is down says since when, why, and that it is tried again", () => {
  const at = "2026-11-22T02:00:00.000Z";
  const since = new Date(Date.now() - 22_000).toISOString();
  show({ down: { since, until: at, reason: "it answers 503" } });
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("The org has been down for about 25 s: it answers 503");
});
