// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { WhyNot } from "#lib/api/why-not.ts";
import { WhyNotAnswer } from "./why-not-answer.tsx";

afterEach(cleanup);

const answer = (changes: Partial<WhyNot>): WhyNot => ({
  verdict: "conditionNotMet",
  text: "Did not run, because the group is Legal.",
  hint: null,
  executionId: "00000000-0000-4000-8000-000000000001",
  event: null,
  intake: null,
  latest: [],
  ...changes,
});

function show(changes: Partial<WhyNot> = {}) {
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <WhyNotAnswer why={answer(changes)} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it("says which condition was not met and leads to the execution", () => {
  show();
  expect(screen.getByText("A condition was not met")).toBeTruthy();
  expect(screen.getByText("Did not run, because the group is Legal.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Open the execution" }).getAttribute("href")).toBe(
    "/executions/00000000-0000-4000-8000-000000000001",
  );
});

it("shows how events arrive where one never did", () => {
  const intake = {
    connection: "Acme",
    mode: "hook",
    hookStatus: "failed",
    hookDetail: null,
    lastDeliveryAt: null,
  };
  show({ verdict: "neverArrived", text: "No event.", hint: "Mend the hook.", executionId: null, intake });
  expect(screen.getByText("The event never arrived")).toBeTruthy();
  expect(screen.getByText("Mend the hook.")).toBeTruthy();
  expect(screen.getByText("Acme: event hook failed")).toBeTruthy();
  expect(screen.getByText("none yet")).toBeTruthy();
  expect(screen.queryByRole("link")).toBeNull();
});
