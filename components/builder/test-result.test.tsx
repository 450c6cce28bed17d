// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { CardDescription } from "#lib/cards/card.ts";
import { catalogue } from "#lib/registry.ts";
import { TestResult } from "./test-result.tsx";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
afterEach(cleanup);

function card(): CardDescription {
  const found = catalogue.card("okta.users.delete");
  if (!found) throw new Error("No card okta.users.delete.");
  return found;
}

function show(statusCode: number, responseBody?: string) {
  const exchange = {
    at: "2026-11-22T06:00:00.000Z",
    method: "DELETE",
    path: "/api/v1/users/00u1",
    status: statusCode,
    durationMs: 12,
    responseBody,
  };
  render(
    <MantineProvider env="test">
      <TestResult
        result={{ status: "succeeded", outputs: { statusCode }, exchanges: [exchange], durationMs: 15 }}
        description={card()}
      />
    </MantineProvider>,
  );
}

const body = JSON.stringify({
  errorCode: "E0000007",
  errorSummary: "Not found: Resource not found: 00u1 (User)",
});

test("a refusal that is an output says so, with what the org said and what it answered", () => {
  show(404, body);
  expect(screen.queryByText("Succeeded")).toBeNull();
  expect(screen.getByText("Answered 404")).toBeDefined();
  expect(screen.getByText("Not found: Resource not found: 00u1 (User)")).toBeDefined();
  expect(screen.getByRole("heading", { name: "Raw Body" })).toBeDefined();
});

test("a refusal without a body has no raw body", () => {
  show(404);
  expect(screen.getByText("Answered 404")).toBeDefined();
  expect(screen.queryByRole("heading", { name: "Raw Body" })).toBeNull();
});

test("an answer that is none succeeded", () => {
  show(204);
  expect(screen.getByText("Succeeded")).toBeDefined();
});
