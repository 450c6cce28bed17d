import { describe, expect, it } from "vitest";
import { effectiveFields } from "./effective-fields.ts";
import { testCatalogue } from "./test-catalogue.ts";
import { visibleInputs } from "./visible-inputs.ts";

const description = testCatalogue.card("test.create");

function visible(inputs: Parameters<typeof visibleInputs>[0], mode: string) {
  if (!description) throw new Error("The test catalogue lacks its card.");
  return visibleInputs(
    inputs,
    description.inputs,
    effectiveFields(description, { options: { mode } }).inputs,
  );
}

describe("inputs an option hides", () => {
  it("are left out while it does, and back when it no longer does", () => {
    const inputs = { password: { value: "hunter2" }, level: { value: 1 } };
    expect(visible(inputs, "plain")).toEqual({ level: { value: 1 } });
    expect(visible(inputs, "password")).toEqual(inputs);
  });

  it("are not those the card doesn't know, which stay to be reported", () => {
    const inputs = { misspelt: { value: 1 }, profile: { object: { custom: { value: 2 } } } };
    expect(visible(inputs, "plain")).toEqual(inputs);
  });

  it("are hidden inside objects too", () => {
    const inner = { shown: { type: "text" as const, label: "Shown" } };
    const declared = {
      o: { type: "object" as const, label: "O", fields: { ...inner, hidden: inner.shown } },
    };
    const effective = { o: { type: "object" as const, label: "O", fields: inner } };
    const inputs = { o: { object: { shown: { value: 1 }, hidden: { value: 2 }, other: { value: 3 } } } };
    expect(visibleInputs(inputs, declared, effective)).toEqual({
      o: { object: { shown: { value: 1 }, other: { value: 3 } } },
    });
  });
});
