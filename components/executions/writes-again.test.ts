import { expect, test } from "vitest";
import type { StepView } from "#lib/api/executions.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { catalogue } from "#lib/registry.ts";
import { writesAgain } from "./writes-again.ts";

const add = { card: "okta.groups.addUser", v: 1, connection: "sandbox" };
const document: FlowDocument = {
  format: 1,
  name: "Join",
  cards: {
    c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
    c2: { ...add, title: "First" },
    c3: { ...add, title: "Second" },
    c4: { ...add, title: "Third" },
    c5: { card: "okta.users.read", v: 1, connection: "sandbox" },
  },
  edges: [],
  layout: {},
};
const step = (path: string, status: StepView["status"], attempt = 1): StepView => ({
  path,
  attempt,
  status,
  startedAt: "2026-11-22T00:00:00.000Z",
});
const steps = [
  step("c1", "succeeded"),
  step("c2", "succeeded"),
  step("c3", "failed"),
  step("c3", "unknown", 2),
];

test("from the failed card it is tried once more, what took effect is kept, and the rest comes for the first time", () => {
  expect(writesAgain({ document, steps }, "failed", catalogue)).toEqual({
    again: [{ id: "c3", title: "Second", times: 0, doubt: true }],
    first: [{ id: "c4", title: "Third" }],
    kept: 1,
  });
});

test("from the start what took effect is done again", () => {
  expect(writesAgain({ document, steps }, "start", catalogue)).toEqual({
    again: [
      { id: "c2", title: "First", times: 1, doubt: false },
      { id: "c3", title: "Second", times: 0, doubt: true },
    ],
    first: [{ id: "c4", title: "Third" }],
    kept: 0,
  });
});

test("a card in a loop is tried again where one of its rounds did not end well", () => {
  const rounds = [step("c9/each[0]/c2", "succeeded"), step("c9/each[1]/c2", "failed")];
  expect(writesAgain({ document, steps: rounds }, "failed", catalogue)).toMatchObject({
    again: [{ id: "c2" }],
    kept: 1,
  });
});

test("reads and skipped cards are no writes", () => {
  const skipped = [...steps, step("c4", "skipped"), step("c5", "failed")];
  const { again, first } = writesAgain({ document, steps: skipped }, "failed", catalogue);
  expect(again.map(({ id }) => id)).toEqual(["c3"]);
  expect(first.map(({ id }) => id)).toEqual(["c4"]);
});
