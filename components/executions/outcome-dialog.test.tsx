// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ExecutionView } from "#lib/api/executions.ts";
import type { CardNode } from "#lib/flow/document.ts";
import { registry } from "#lib/registry.ts";
import { OutcomeDialog } from "./outcome-dialog.tsx";
import { executionView, step } from "./test-executions.ts";

const call: CardNode = {
  card: "okta.api.custom",
  v: 1,
  connection: "sandbox",
  options: { method: "POST" },
  inputs: { relativeUrl: { value: "/api/v1/users" } },
};
const suspend: CardNode = {
  card: "okta.users.suspend",
  v: 1,
  connection: "sandbox",
  inputs: { user: { ref: ["c2", "body", "id"] } },
};

/** An execution that asks what became of its call; behind it stand these cards. */
function asking(behind: Record<string, CardNode> = {}): ExecutionView {
  const ids = ["c1", "c2", ...Object.keys(behind)];
  return executionView({
    status: "attention",
    error: { kind: "unavailable", code: "outcome-unknown", message: "Nobody knows.", path: "c2" },
    document: {
      format: 1,
      name: "Join",
      cards: { c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" }, c2: call, ...behind },
      edges: ids.slice(1).map((to, index) => ({ from: ids[index] ?? "", out: "next", to })),
      layout: {},
    },
    steps: [step("c1"), step("c2", { attempt: 2, status: "unknown", exit: undefined })],
  });
}

const sent: unknown[] = [];

/** Shows the dialog; posts are answered with this. */
function open(execution: ExecutionView, answer = Response.json({ executionId: execution.id })) {
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (path.startsWith("/api/catalog"))
      return Response.json({ cards: registry.cards.map(({ description }) => description) });
    if (path === "/api/connections")
      return Response.json({ connections: [{ alias: "sandbox", name: "Acme Sandbox" }] });
    if (init.method !== "POST") return Response.json(execution);
    sent.push(JSON.parse(String(init.body)));
    return answer.clone();
  });
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <OutcomeDialog execution={execution} onClose={() => sent.push("closed")} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const button = (name: string) => screen.findByRole("button", { name });
const happened = async () => fireEvent.click(await button("It happened: go on"));

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const about = { path: "c2", attempt: 2 };

test("asks for what later cards use, says what is missing, and sends it", async () => {
  open(asking({ c3: suspend }));
  const form = await screen.findByRole("region", { name: "If it happened: what did it give?" });
  expect(within(form).getByText("Used by “Suspend User”.")).toBeTruthy();
  const field = within(form).getByRole("textbox", { name: "id" });
  await happened();
  expect(within(form).getByText("id is required.")).toBeTruthy();
  expect(document.activeElement).toBe(field);
  expect(sent).toEqual([]);
  fireEvent.change(field, { target: { value: "00u1" } });
  await happened();
  await waitFor(() => expect(sent).toContain("closed"));
  expect(sent[0]).toEqual({
    from: "failed",
    tookEffect: true,
    about,
    outputs: { body: { id: "00u1" } },
  });
});

test("says whom it is about, when it was tried and in which org", async () => {
  open(asking());
  expect((await screen.findByText("Acme Sandbox")).parentElement?.textContent).toMatch(
    /^About ann@acme.example, Contractors, tried .+ in Acme Sandbox\.$/,
  );
});

test.each([
  ["It happened: go on", "It goes on behind the card; nothing is sent again."],
  ["It did not: send it again", "It is sent again."],
])("answers “%s” with what is done about it", async (answer, words) => {
  const told = vi.spyOn(notifications, "show");
  open(asking());
  await waitFor(async () => expect(await button(answer)).toHaveProperty("disabled", false));
  fireEvent.click(await button(answer));
  await waitFor(() => expect(told).toHaveBeenCalledWith(expect.objectContaining({ message: words })));
});

test("asks for nothing where no later card uses anything", async () => {
  open(asking());
  await waitFor(async () => expect(await button("It happened: go on")).toHaveProperty("disabled", false));
  expect(screen.queryByRole("region")).toBeNull();
  await happened();
  await waitFor(() => expect(sent[0]).toMatchObject({ tookEffect: true, about }));
});

test("sends it again without asking for outputs", async () => {
  open(asking({ c3: suspend }));
  await screen.findByRole("region");
  fireEvent.click(await button("It did not: send it again"));
  await waitFor(() => expect(sent).toContain("closed"));
  expect(sent[0]).toEqual({ from: "failed", tookEffect: false, about });
});
