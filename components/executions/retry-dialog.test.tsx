// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { registry } from "#lib/registry.ts";
import { RetryDialog } from "./retry-dialog.tsx";
import type { Retry } from "./use-execution-actions.ts";

const ID = "00000000-0000-4000-8000-000000000001";
const add = { card: "okta.groups.addUser", v: 1, connection: "sandbox" };
const at = "2026-11-22T00:00:00.000Z";
const execution = {
  id: ID,
  flow: { id: ID, name: "Joiners" },
  subject: "Ann Lee",
  status: "failed",
  mode: "live",
  newerVersion: 4,
  document: {
    format: 1,
    name: "Joiners",
    cards: {
      c2: { ...add, title: "First" },
      c3: { ...add, title: "Second" },
      c4: { ...add, title: "Third" },
    },
    edges: [],
    layout: {},
  },
  steps: [
    { path: "c2", attempt: 1, status: "succeeded", startedAt: at },
    { path: "c3", attempt: 1, status: "failed", startedAt: at },
  ],
};

const sent: unknown[] = [];
let shown: object;

beforeEach(() => {
  sent.length = 0;
  shown = execution;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (path.startsWith("/api/catalog")) {
      return Response.json({ cards: registry.cards.map(({ description }) => description) });
    }
    if (init.method !== "POST") return Response.json(shown);
    sent.push(JSON.parse(String(init.body)));
    return Response.json({ executionId: ID });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(how: Retry) {
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <RetryDialog id={ID} how={how} onClose={onClose} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return onClose;
}

const listed = async () => (await screen.findAllByRole("listitem")).map(({ textContent }) => textContent);

test("going on from the failed card names what is sent again, and sends nothing before it is said", async () => {
  const onClose = show({ from: "failed" });
  expect(await listed()).toEqual(["Second", "Third"]);
  expect(screen.getByText(/the change that was made is kept/)).toBeTruthy();
  expect(sent).toEqual([]);
  const yes = screen.getByRole("button", { name: "Try again" });
  fireEvent.click(yes);
  fireEvent.click(yes);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent).toEqual([{ from: "failed" }]);
});

test("from the start all is done again, on a version whose cards may differ", async () => {
  show({ from: "start", version: "latest" });
  expect(await listed()).toEqual(["First (took effect already)", "Second", "Third"]);
  expect(screen.getByText(/It runs on version 4/)).toBeTruthy();
});

test("a plan writes nothing, however often it is run", async () => {
  shown = { ...execution, mode: "plan" };
  show({ from: "start", version: "same" });
  expect(await screen.findByText("It is a plan: nothing is written.")).toBeTruthy();
  expect(screen.queryByRole("listitem")).toBeNull();
});
