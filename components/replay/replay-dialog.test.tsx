// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { ReplayDialog } from "./replay-dialog.tsx";

const push = vi.hoisted(() => vi.fn());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  push.mockClear();
});

const FLOW = "00000000-0000-4000-8000-000000000001";
const EVENT = {
  id: FLOW,
  uuid: "u1",
  eventType: "user.lifecycle.create",
  published: "2026-01-01T10:00:00.000Z",
  summary: "Ann Lee",
  execution: { id: FLOW, status: "failed" },
};
const versions = [2, 1].map((number) => ({
  number,
  note: null,
  createdAt: "2026-01-01T10:00:00.000Z",
  createdBy: "Ann",
  live: number === 2,
}));

function show(preview: object, props: Partial<Parameters<typeof ReplayDialog>[0]> = {}) {
  const posted: { path: string; body: Record<string, unknown> }[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (init.method === "GET") return Response.json({ versions });
    posted.push({ path, body: JSON.parse(String(init.body)) });
    return Response.json(path.endsWith("/preview") ? preview : { id: FLOW });
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MantineProvider env="test">
        <ReplayDialog flow={{ id: FLOW, name: "Offboard" }} onClose={() => {}} {...props} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { replayed: () => posted.find(({ path }) => path === `/api/flows/${FLOW}/replay`)?.body };
}

it("offers a plan on the live version first, of as many events as it has counted", async () => {
  const { replayed } = show({ count: 1204, newest: [EVENT], writes: ["Suspend"] });
  fireEvent.click(await screen.findByRole("button", { name: "Plan 1,204 events" }));
  await waitFor(() => expect(push).toHaveBeenCalledOnce());
  expect(replayed()).toMatchObject({ version: 2, how: "plan", confirm: 1204, confirmWrites: false });
  expect(replayed()).toMatchObject({
    source: { events: { since: expect.any(String), until: expect.any(String) } },
  });
  expect(push.mock.calls[0]?.[0]).toMatch(/^\/run\/[0-9a-f-]{36}$/);
});

it("runs what changes something only after somebody said that it is meant", async () => {
  const { replayed } = show(
    { count: 1, newest: [EVENT], writes: ["Suspend"] },
    { executions: { status: "failed" } },
  );
  fireEvent.click(await screen.findByLabelText("Run"));
  const button = await screen.findByRole("button", { name: "Replay 1 event" });
  expect(button.hasAttribute("disabled")).toBe(true);
  expect(screen.getByText(/^Suspend\./)).toBeTruthy();
  fireEvent.click(screen.getByLabelText("I understand that these changes are real"));
  fireEvent.click(button);
  await waitFor(() => expect(push).toHaveBeenCalledOnce());
  expect(replayed()).toMatchObject({
    source: { executions: { status: "failed" } },
    how: "run",
    confirm: 1,
    confirmWrites: true,
  });
});

it("warns of events whose executions have not ended", async () => {
  const waits = { ...EVENT, execution: { id: FLOW, status: "waiting" } };
  show({ count: 3, newest: [EVENT, { ...waits, id: "e2" }, { ...waits, id: "e3" }], writes: [] });
  fireEvent.click(await screen.findByLabelText("Run"));
  expect((await screen.findByRole("note")).textContent).toMatch(
    /^2 executions of these events have not ended/,
  );
});

it("has nothing to press where no event matches", async () => {
  show({ count: 0, newest: [], writes: [] });
  expect(await screen.findByText(/No event that matches is kept/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Plan 0 events" }).hasAttribute("disabled")).toBe(true);
});
