// @vitest-environment happy-dom
import { MantineProvider, Menu } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { queryKey } from "#lib/api/client.ts";
import { type FlowSummary, listFlows, type PauseKind } from "#lib/api/flows.ts";
import { PauseDialog } from "./pause-dialog.tsx";
import { PauseItem } from "./pause-item.tsx";
import { PausedTag } from "./paused-tag.tsx";
import { ResumeDialog } from "./resume-dialog.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const flow = { id: "00000000-0000-4000-8000-000000000001", name: "Leavers", on: true, paused: null };
const paused = (
  waiting: number,
  inOrder = false,
  kind: PauseKind = "person",
): NonNullable<FlowSummary["paused"]> => ({
  at: "2026-01-01T00:00:00.000Z",
  kind,
  reason: "It took three workers down.",
  waiting,
  inOrder,
});
const nothing = () => undefined;

function show(children: ReactNode, client = new QueryClient()) {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => Response.json({ ...flow }));
  vi.stubGlobal("fetch", fetched);
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">{children}</MantineProvider>
    </QueryClientProvider>,
  );
  return fetched;
}

const menu = (item: ReactNode) => (
  <Menu opened>
    <Menu.Target>
      <button type="button">More</button>
    </Menu.Target>
    <Menu.Dropdown>{item}</Menu.Dropdown>
  </Menu>
);

it("offers to pause a flow that is on, and nothing for one that is off", () => {
  const onPause = vi.fn();
  show(menu(<PauseItem flow={flow} onPause={onPause} onAskToResume={nothing} />));
  fireEvent.click(screen.getByRole("menuitem", { name: "Pause and keep events" }));
  expect(onPause).toHaveBeenCalledOnce();
  cleanup();
  show(menu(<PauseItem flow={{ ...flow, on: false }} onPause={onPause} onAskToResume={nothing} />));
  expect(screen.queryByRole("menuitem")).toBeNull();
});

it.each([
  ["keeps one event", paused(1)],
  ["runs those about one person in order", paused(7, true)],
])("resumes a paused flow at once that %s, and says how many events wait", async (_, state) => {
  const [onResumed, onAskToResume] = [vi.fn(), vi.fn()];
  const item = (
    <PauseItem
      flow={{ ...flow, paused: state }}
      onPause={nothing}
      onAskToResume={onAskToResume}
      onResumed={onResumed}
    />
  );
  const fetched = show(menu(item));
  fireEvent.click(screen.getByRole("menuitem", { name: `Resume (${state?.waiting} waiting)` }));
  await waitFor(() => expect(onResumed).toHaveBeenCalled());
  expect(fetched.mock.calls[0]?.[0]).toBe(`/api/flows/${flow.id}/resume`);
  expect(onAskToResume).not.toHaveBeenCalled();
});

it("asks before events are released that may overtake each other", () => {
  const onAskToResume = vi.fn();
  const fetched = show(
    menu(<PauseItem flow={{ ...flow, paused: paused(7) }} onPause={nothing} onAskToResume={onAskToResume} />),
  );
  fireEvent.click(screen.getByRole("menuitem", { name: "Resume (7 waiting)" }));
  expect(onAskToResume).toHaveBeenCalledOnce();
  expect(fetched).not.toHaveBeenCalled();
});

it("asks before a flow is resumed that Flowdeck itself paused, whatever waits, and says why it did", async () => {
  const onAskToResume = vi.fn();
  const state = {
    ...paused(1, true, "writes"),
    reason:
      "It has used up the 1 write an hour it may make without approval. Resuming it approves as many again.",
  };
  const given = { ...flow, paused: state };
  const fetched = show(menu(<PauseItem flow={given} onPause={nothing} onAskToResume={onAskToResume} />));
  fireEvent.click(screen.getByRole("menuitem", { name: "Resume (1 waiting)" }));
  expect(onAskToResume).toHaveBeenCalledOnce();
  expect(fetched).not.toHaveBeenCalled();
  cleanup();
  show(<ResumeDialog flow={given} onClose={nothing} />);
  expect(screen.getByText(state.reason)).toBeTruthy();
  expect(screen.getByText("1 execution waits.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Look at what waits" }).getAttribute("href")).toBe(
    `/executions?flow=${flow.id}&status=waiting`,
  );
});

it("leads from the badge to the question, where somebody may resume", () => {
  const onResume = vi.fn();
  show(<PausedTag paused={paused(3, false, "writes")} onResume={onResume} />);
  fireEvent.click(screen.getByRole("button", { name: "Paused: too many writes · 3 waiting: resume" }));
  expect(onResume).toHaveBeenCalledOnce();
});

it("takes the badge away at once, before the list is asked again", async () => {
  const client = new QueryClient();
  const key = queryKey(listFlows);
  client.setQueryData(key, { flows: [{ ...flow, paused: paused(1, true) }] });
  show(
    menu(<PauseItem flow={{ ...flow, paused: paused(1, true) }} onPause={nothing} onAskToResume={nothing} />),
    client,
  );
  fireEvent.click(screen.getByRole("menuitem", { name: "Resume (1 waiting)" }));
  await waitFor(() =>
    expect(client.getQueryData(key)).toMatchObject({ flows: [{ id: flow.id, paused: null }] }),
  );
});

it("says that events about one person may overtake each other, offers the setting, and resumes", async () => {
  const [onClose, onResumed, onSettings] = [vi.fn(), vi.fn(), vi.fn()];
  const given = { flow: { ...flow, paused: paused(7) }, onClose, onResumed };
  const fetched = show(<ResumeDialog {...given} onSettings={onSettings} />);
  expect(screen.getByText(/^7 events wait.*those about one person may overtake each other/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "flow settings" }));
  expect(onSettings).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole("button", { name: "Resume" }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(onResumed).toHaveBeenCalledOnce();
  expect(fetched.mock.calls[0]?.[0]).toBe(`/api/flows/${flow.id}/resume`);
  cleanup();
  show(<ResumeDialog {...given} />);
  const link = screen.getByRole("link", { name: "settings of the flow" });
  expect(link.getAttribute("href")).toBe(`/flows/${flow.id}`);
});

it("sends the reason with the pause", async () => {
  const onClose = vi.fn();
  const fetched = show(<PauseDialog flow={flow} onClose={onClose} />);
  fireEvent.change(screen.getByLabelText("Why"), { target: { value: "moving groups" } });
  fireEvent.click(screen.getByRole("button", { name: "Pause the flow" }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  const [path, init] = fetched.mock.calls[0] ?? [];
  expect(path).toBe(`/api/flows/${flow.id}/pause`);
  expect(JSON.parse(String(init?.body))).toEqual({ reason: "moving groups" });
});

it("tells that a flow is paused, how much waits and why", () => {
  show(<PausedTag paused={paused(3, false, "quarantine")} />);
  expect(screen.getByText("In quarantine · 3 waiting")).toBeTruthy();
  expect(screen.getByTitle("It took three workers down.")).toBeTruthy();
  cleanup();
  show(<PausedTag paused={null} />);
  expect(screen.queryByText(/waiting|quarantine/)).toBeNull();
});
