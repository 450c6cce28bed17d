// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { CancelManyDialog } from "./cancel-many-dialog.tsx";
import { NO_FILTERS } from "./execution-filters.ts";
import { RetryManyDialog } from "./retry-many-dialog.tsx";

const push = vi.hoisted(() => vi.fn());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  push.mockClear();
});

const FLOW = "00000000-0000-4000-8000-000000000001";
const filters = { ...NO_FILTERS, flowId: FLOW, statuses: ["failed" as const] };

function show(dialog: ReactNode, counts: object | Promise<Response>) {
  const posted: { path: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (init.method === "GET") return counts instanceof Promise ? counts : Response.json(counts);
    posted.push({ path, body: JSON.parse(String(init.body)) });
    return Response.json({ id: FLOW, cancelled: 4, stopping: 1 });
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MantineProvider env="test">{dialog}</MantineProvider>
    </QueryClientProvider>,
  );
  return posted;
}

const counts = { retriable: 12, fromFailed: 9, cancellable: 4 };

it("retries as many as it has counted, from the failed card, and leads to the progress", async () => {
  const posted = show(<RetryManyDialog filters={filters} onClose={() => {}} />, counts);
  fireEvent.click(await screen.findByRole("button", { name: "Retry all 9" }));
  await waitFor(() => expect(push).toHaveBeenCalledOnce());
  expect(posted).toEqual([
    {
      path: "/api/executions/retry",
      body: {
        id: expect.any(String),
        filter: { flowId: FLOW, status: "failed", until: expect.any(String) },
        from: "failed",
        version: "same",
        confirm: 9,
      },
    },
  ]);
  expect(push.mock.calls[0]?.[0]).toMatch(/^\/run\/[0-9a-f-]{36}$/);
});

it("counts those without kept values only for a retry from the start", async () => {
  const posted = show(<RetryManyDialog filters={filters} onClose={() => {}} />, counts);
  fireEvent.click(await screen.findByLabelText("The start (12)"));
  fireEvent.click(screen.getByLabelText("The newest version"));
  fireEvent.click(screen.getByRole("button", { name: "Retry all 12" }));
  await waitFor(() => expect(posted).toHaveLength(1));
  expect(posted[0]?.body).toMatchObject({ from: "start", version: "latest", confirm: 12 });
});

it("has nothing to press where nothing matches", async () => {
  show(<RetryManyDialog filters={filters} onClose={() => {}} />, {
    retriable: 0,
    fromFailed: 0,
    cancellable: 0,
  });
  expect(await screen.findByText(/No execution that matches can be retried/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Retry/ })).toBeNull();
});

it("says while it counts, and what went wrong when it could not", async () => {
  show(<CancelManyDialog filters={filters} onClose={() => {}} />, new Promise<Response>(() => {}));
  expect(screen.getByText("Counting what matches")).toBeTruthy();
  cleanup();
  const body = { error: { code: "unavailable", message: "The database does not answer." } };
  show(
    <CancelManyDialog filters={filters} onClose={() => {}} />,
    Promise.resolve(Response.json(body, { status: 503 })),
  );
  expect(await screen.findByText(/The database does not answer/)).toBeTruthy();
});

it("cancels as many as it has counted", async () => {
  const onClose = vi.fn();
  const posted = show(<CancelManyDialog filters={filters} onClose={onClose} />, counts);
  fireEvent.click(await screen.findByRole("button", { name: "Cancel all 4" }));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(posted[0]).toMatchObject({ path: "/api/executions/cancel", body: { confirm: 4 } });
});
