// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { DeleteFlowDialog } from "./delete-flow-dialog.tsx";
import { TurnOffDialog } from "./turn-off-dialog.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const called = { id: "00000000-0000-4000-8000-000000000001", name: "Tell IT", callable: true };
const caller = { id: "00000000-0000-4000-8000-000000000002", name: "Leavers", callable: false };

function show(children: ReactNode, calls: object[] = []) {
  vi.stubGlobal("fetch", async () => Response.json({ flows: [called, caller], calls }));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">{children}</MantineProvider>
    </QueryClientProvider>,
  );
}

it("names the flows that call the one to be deleted", async () => {
  const dialog = <DeleteFlowDialog flow={called} onClose={() => {}} onDeleted={() => {}} />;
  show(dialog, [{ from: caller.id, to: called.id }]);
  expect(await screen.findByText(/“Leavers” calls this flow when a card fails/)).toBeTruthy();
});

it("turns a flow off that others call only after somebody said so", () => {
  const onConfirm = vi.fn();
  show(<TurnOffDialog name="Tell IT" callers={["Leavers"]} onClose={() => {}} onConfirm={onConfirm} />);
  expect(screen.getByText(/“Leavers” calls this flow/)).toBeTruthy();
  expect(onConfirm).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Turn off" }));
  expect(onConfirm).toHaveBeenCalledOnce();
});
