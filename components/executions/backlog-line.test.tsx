// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Backlog } from "#lib/api/backlog.ts";
import { BacklogLine } from "./backlog-line.tsx";
import { backlogOf } from "./test-backlog.ts";
import { executionSummary } from "./test-executions.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Shows the line while the console answers what `answer` gives. @returns how often it was asked */
function show(answer: () => Backlog, waiting = false) {
  const asked = { times: 0 };
  vi.stubGlobal("fetch", async () => {
    asked.times += 1;
    return Response.json(answer());
  });
  const items = [executionSummary({ status: waiting ? "queued" : "succeeded" })];
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <BacklogLine flowId={undefined} items={items} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return asked;
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const said = () => screen.getByRole("status").textContent;
const done = (ready: number) =>
  backlogOf({ ready }, { endedPerSecond: 100, outlook: { kind: "done", inSeconds: 30, by: "pace" } });

it("says nothing where hardly anything waits, and does not ask again", async () => {
  const asked = show(() => done(3));
  await pass(60_000);
  expect(screen.queryByText(/wait/)).toBeNull();
  expect(said()).toBe("");
  expect(asked.times).toBe(1);
});

it("asks on while executions are seen to wait", async () => {
  const asked = show(() => done(3), true);
  await pass(10_000);
  expect(asked.times).toBeGreaterThan(2);
});

it("is renewed every few seconds, read out rarely, and gone with the backlog", async () => {
  let ready = 4000;
  const asked = show(() => done(ready));
  await pass(100);
  expect(said()).toMatch(/^4,000 executions wait to run\./);
  ready = 3600;
  await pass(4_000);
  expect(screen.getByText(/^3,600 executions wait to run\. .* done in about 30 s\.$/)).toBeDefined();
  expect(said()).toMatch(/^4,000/);
  ready = 1000;
  await pass(33_000);
  expect(said()).toMatch(/^1,000/);
  ready = 0;
  await pass(4_000);
  expect(screen.queryByText(/wait/)).toBeNull();
  expect(said()).toBe("");
  const { times } = asked;
  await pass(60_000);
  expect(asked.times).toBe(times);
});

it("that something has to be done is read out at once", async () => {
  let backlog = done(4000);
  show(() => backlog);
  await pass(100);
  backlog = backlogOf({ ready: 4001 }, { outlook: { kind: "no-worker" } });
  await pass(4_000);
  expect(said()).toBe("4,001 executions wait to run. No worker is running; they go on once one is started.");
});
