import { describe, expect, it } from "vitest";
import { convertFields } from "../../cards/convert.ts";
import type { Card } from "../../cards/define.ts";
import { effectiveFields, optionValues } from "../../cards/effective-fields.ts";
import { isJsonObject, type Json, type JsonObject } from "../../flow/json.ts";
import { assign } from "./assign.ts";
import { compose } from "./compose.ts";
import { continueIf } from "./continue-if.ts";
import { ifElse } from "./if-else.ts";
import { note } from "./note.ts";
import { returnCard } from "./return.ts";

/** Context of a card as the executor builds it: options filled in, inputs checked against the fields there are. */
function context(card: Card, inputs: JsonObject, options: Record<string, Json> = {}) {
  const converted = convertFields(inputs, effectiveFields(card.description, { options }).inputs);
  if (!converted.ok) throw new Error(converted.problems.map(({ message }) => message).join(" "));
  const checked = isJsonObject(converted.value) ? converted.value : {};
  const values = optionValues(card.description, { options });
  return {
    inputs: checked,
    options: values,
    client: undefined,
    now: new Date(0),
    room: 10_000_000,
    wanted: () => true,
  };
}

const decide = (card: Card, inputs: JsonObject, options?: Record<string, Json>) =>
  card.decide?.(context(card, inputs, options));
const run = (card: Card, inputs: JsonObject, options?: Record<string, Json>) =>
  card.run?.(context(card, inputs, options));

const OWN_FIELDS: Record<string, Json> = {
  fields: [
    { key: "limit", label: "Limit", type: "number" },
    { key: "tags", label: "Tags", type: "text", list: true },
    { key: "spare", label: "Spare", type: "text" },
  ],
};

describe("If/Else", () => {
  it("leaves by the exit the comparison names", () => {
    expect(decide(ifElse, { left: "a", right: "A" })).toEqual({ outputs: { result: true }, exit: "true" });
    expect(decide(ifElse, { left: "a", right: "b" })).toEqual({ outputs: { result: false }, exit: "false" });
    expect(decide(ifElse, { left: "a", right: "A" }, { caseSensitive: "exact" })?.exit).toBe("false");
    expect(decide(ifElse, { left: 3, right: 2 }, { operator: "greater" })?.exit).toBe("true");
  });

  it("takes a second value only where the comparison needs one", () => {
    expect(decide(ifElse, {}, { operator: "isEmpty" })?.exit).toBe("true");
    expect(() => decide(ifElse, { left: 1, right: 2 }, { operator: "isEmpty" })).toThrow(/no field "right"/);
  });

  it("has an exit for each outcome", () => {
    expect(ifElse.description.exits.map(({ id }) => id)).toEqual(["true", "false"]);
  });
});

describe("Continue If", () => {
  it("goes on where the comparison holds", () => {
    expect(decide(continueIf, { left: 1, right: 1 })).toEqual({ outputs: { result: true }, exit: "next" });
  });

  it("else ends the flow, naming the comparison and the message", () => {
    const inputs = { left: "Sales", right: "Engineering", message: "Engineers only." };
    expect(decide(continueIf, inputs)).toEqual({
      outputs: { result: false },
      end: { reason: 'Ended by Continue If: not true that "Sales" equals "Engineering". Engineers only.' },
    });
    expect(decide(continueIf, { right: 1 })?.end?.reason).toBe(
      "Ended by Continue If: not true that (empty) equals 1.",
    );
  });
});

describe("Return", () => {
  it("ends the flow with its own fields as the result", () => {
    expect(decide(returnCard, { limit: "5", tags: "a" }, OWN_FIELDS)).toEqual({
      outputs: {},
      end: { reason: "Ended by Return.", result: { limit: 5, tags: ["a"] } },
    });
    expect(returnCard.description.exits).toEqual([]);
  });
});

describe("Assign", () => {
  it("gives its own fields on, as their types", () => {
    expect(run(assign, { limit: "5", tags: ["a", "b"], spare: "" }, OWN_FIELDS)).toEqual({
      limit: 5,
      tags: ["a", "b"],
    });
    const { outputs } = effectiveFields(assign.description, { options: OWN_FIELDS });
    expect(Object.keys(outputs)).toEqual(["limit", "tags", "spare"]);
  });
});

describe("Compose", () => {
  it("gives its text on, empty where there is none", () => {
    expect(run(compose, { text: "Welcome, Ann!" })).toEqual({ output: "Welcome, Ann!" });
    expect(run(compose, {})).toEqual({ output: "" });
  });
});

describe("Note", () => {
  it("takes no part in running", () => {
    expect(note).toEqual({ description: expect.objectContaining({ kind: "note", exits: [] }) });
  });
});
