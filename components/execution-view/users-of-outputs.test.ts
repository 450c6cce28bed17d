import { expect, test } from "vitest";
import type { FlowDocument } from "#lib/flow/document.ts";
import { usersOfOutputs } from "./users-of-outputs.ts";

const flow: FlowDocument = {
  format: 1,
  name: "Join",
  cards: {
    make: { card: "okta.users.create", v: 1 },
    tell: {
      card: "core.text.compose",
      v: 1,
      title: "Tell them",
      inputs: { text: { text: ["Hello ", { ref: ["make", "id"] }] } },
    },
    other: { card: "core.text.compose", v: 1, title: "Other", inputs: { text: { value: "make" } } },
  },
  edges: [],
  layout: {},
};

test("names the cards that read an output of a card, however deep in their inputs", () => {
  expect(usersOfOutputs(flow, "make", undefined)).toEqual(["Tell them"]);
  expect(usersOfOutputs(flow, "other", undefined)).toEqual([]);
});
