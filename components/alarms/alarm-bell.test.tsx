// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { AlarmBell } from "./alarm-bell.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("says what raises an alarm, and leads to the failures, which raise none", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ alarms: [] }));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <AlarmBell narrow={false} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Alarms" }));
  expect(await screen.findByText(/A failed execution raises none/)).toBeTruthy();
  const link = screen.getByRole("link", { name: "Executions" });
  expect(link.getAttribute("href")).toBe("/executions?status=failed");
});
