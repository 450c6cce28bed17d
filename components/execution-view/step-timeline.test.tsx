// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { executionView, step } from "#components/executions/test-executions.ts";
import { catalogue } from "#lib/registry.ts";
import { cardRuns } from "./card-runs.ts";
import { StepTimeline } from "./step-timeline.tsx";

afterEach(cleanup);

const execution = executionView({
  document: {
    format: 1,
    name: "Test",
    cards: {
      c1: { card: "okta.groups.userRemoved", v: 1, connection: "sandbox" },
      c2: { card: "core.if", v: 1, title: "Still a contractor?" },
      c3: { card: "core.return", v: 1 },
    },
    edges: [
      { from: "c1", out: "next", to: "c2" },
      { from: "c2", out: "true", to: "c3" },
    ],
    layout: {},
  },
  steps: [step("c1"), step("c2", { exit: "false" }), step("c3", { status: "skipped", because: "c2" })],
  result: { answer: 42 },
});

function Timeline({ of = execution }: { of?: typeof execution }) {
  const [selected, setSelected] = useState("c1");
  return (
    <MantineProvider>
      <StepTimeline
        runs={cardRuns(of, catalogue)}
        execution={of}
        selected={selected}
        onSelect={setSelected}
      />
    </MantineProvider>
  );
}

const rows = () => within(screen.getByRole("list", { name: "Steps" })).getAllByRole("button");
const current = () => rows().findIndex((row) => row.getAttribute("aria-current") === "step");

it("lists the steps in order with what became of each, and the result at the end", () => {
  render(<Timeline />);
  expect(rows().map((row) => row.textContent)).toEqual([
    "User Removed from GroupSucceeded100 ms",
    "Still a contractor?Succeeded: False100 ms",
    "Return“Still a contractor?” took the way “False”; this card stands on “True”.",
    "ResultWhat the flow returned",
  ]);
});

it("moves with the arrows, keeps one row in the order of Tab, and stops at both ends", () => {
  render(<Timeline />);
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
  rows()[0]?.focus();
  press("ArrowDown");
  expect(current()).toBe(1);
  expect(document.activeElement).toBe(rows()[1]);
  expect(rows().filter((row) => row.tabIndex === 0)).toEqual([rows()[1]]);
  press("End");
  expect(current()).toBe(3);
  press("ArrowDown");
  expect(current()).toBe(3);
  press("Home");
  press("ArrowUp");
  expect(current()).toBe(0);
});

it("begins with what would change where it is a plan", () => {
  render(<Timeline of={{ ...execution, mode: "plan" }} />);
  expect(rows()[0]?.textContent).toContain("What would change");
  expect(rows()).toHaveLength(5);
  fireEvent.click(screen.getByRole("button", { name: /What would change/ }));
  expect(current()).toBe(0);
});
