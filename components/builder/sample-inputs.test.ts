import { expect, test } from "vitest";
import { effectiveFields } from "#lib/cards/effective-fields.ts";
import type { CardNode } from "#lib/flow/document.ts";
import { catalogue } from "#lib/registry.ts";
import { sampleInputs } from "./sample-inputs.ts";

function samplesOf(node: CardNode) {
  const description = catalogue.card(node.card);
  if (!description) throw new Error(`No card ${node.card}.`);
  const read = { card: "okta.users.read", v: 1 };
  return sampleInputs(
    node,
    effectiveFields(description, node).inputs,
    { cards: { read, tested: node } },
    catalogue,
  );
}
const outputs = catalogue.card("okta.users.read")?.sample.outputs;

test("a mapped input has the sample of the field it is mapped to", () => {
  const inputs = {
    value: { ref: ["read", "id"] as [string, ...string[]] },
    compareWith: { value: "Contractor" },
  };
  const samples = samplesOf({ card: "core.if", v: 1, inputs });
  expect(typeof outputs?.id).toBe("string");
  expect(samples.value).toBe(outputs?.id);
});

test("what is required and empty has the card's own sample, and so has a mapping without one", () => {
  const own = catalogue.card("okta.users.suspend")?.sample.inputs.user;
  expect(samplesOf({ card: "okta.users.suspend", v: 1 })).toEqual({ user: own });
  const inputs = { user: { ref: ["read", "nothing like that"] as [string, ...string[]] } };
  expect(samplesOf({ card: "okta.users.suspend", v: 1, inputs })).toEqual({ user: own });
});
