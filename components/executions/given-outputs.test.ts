import { expect, test } from "vitest";
import { field } from "#lib/cards/field.ts";
import { givenOutputs } from "./given-outputs.ts";

const fields = {
  user: field.object({
    label: "User",
    required: true,
    fields: { id: field.text({ label: "ID", required: true }) },
  }),
  count: field.number({ label: "Count" }),
};

test("what is given goes as it was typed", () => {
  const typed = { user: { object: { id: { value: "00u1" } } }, count: { value: "3" } };
  expect(givenOutputs(typed, fields)).toEqual({ outputs: { user: { id: "00u1" }, count: "3" }, issues: [] });
});

test("what is missing or of another type is said at its own field", () => {
  const { outputs, issues } = givenOutputs({ count: { value: "many" } }, fields);
  expect(outputs).toEqual({ count: "many" });
  expect(issues).toMatchObject([
    { field: ["user", "id"], message: "ID is required." },
    { field: ["count"], severity: "error" },
  ]);
});
