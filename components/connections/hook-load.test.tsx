// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { ConnectionView } from "#lib/api/connections.ts";
import { HookLoad } from "./hook-load.tsx";

afterEach(cleanup);

type Intake = Pick<ConnectionView["intake"], "hooks" | "orgHooks">;
const hook = (eventTypes: number) => ({ status: "verified" as const, detail: null, eventTypes, limit: 300 });
const show = (intake: Intake) =>
  render(
    <MantineProvider env="test">
      <HookLoad intake={intake} />
    </MantineProvider>,
  );

it("says how much of Okta's limits is in use", () => {
  show({ hooks: [hook(12)], orgHooks: { active: 1, limit: 25 } });
  expect(screen.getByText("Event hooks of the org: 1 of 25. Event types: 12 of 300.")).toBeDefined();
  expect(screen.queryByRole("status")).toBeNull();
});

it("says what comes when the hooks or the event types run out", () => {
  show({ hooks: [hook(300), hook(271)], orgHooks: { active: 23, limit: 25 } });
  expect(
    screen.getByText("Event hooks of the org: 23 of 25. Event types of its own: 300 of 300, 271 of 300."),
  ).toBeDefined();
  const warnings = screen.getAllByRole("status").map(({ textContent }) => textContent);
  expect(warnings[0]).toContain("no more than 25 active event hooks");
  expect(warnings[1]).toContain("Beyond 300 event types another event hook is registered");
});

it("says nothing before the org was asked", () => {
  show({ hooks: [], orgHooks: null });
  expect(screen.queryByText(/Event/)).toBeNull();
});

it("tells of the org's hooks where it has none of its own", () => {
  show({ hooks: [], orgHooks: { active: 25, limit: 25 } });
  expect(screen.getByText("Event hooks of the org: 25 of 25.")).toBeDefined();
  expect(screen.getByRole("status")).toBeDefined();
});
