import { describe, expect, it } from "vitest";
import { field } from "#lib/cards/field.ts";
import { outputProblems } from "./output-problems.ts";

const fields = {
  code: field.number({ label: "Status Code" }),
  user: field.object({ label: "User", fields: { id: field.text({ label: "ID" }) } }),
  names: field.textList({ label: "Names" }),
};
const good = { code: 200, user: { id: "1" }, names: ["a"] };

describe("outputProblems", () => {
  it.each([
    ["what is declared", good],
    ["null for what there is not", { ...good, user: null, names: null }],
    ["null and nothing inside", { ...good, user: { id: null }, names: [] }],
    ["null for what an option switches off", { ...good, other: null }],
  ])("accepts %s", (_name, outputs) => {
    expect(outputProblems(outputs, fields)).toEqual([]);
  });

  it.each([
    ["what is missing", { code: 200 }, ["does not give user, names"]],
    ["what is not declared", { ...good, more: 1 }, ['gives more: This card has no field "more".']],
    [
      "what is not declared inside",
      { ...good, user: { idd: "1" } },
      ['gives user.idd: This card has no field "idd".'],
    ],
    ["another type", { ...good, code: "many" }, ['gives code: Status Code takes a number, but got "many".']],
    [
      "a type that only conversion makes fit",
      { ...good, code: "200" },
      ["gives code as another type than it declares"],
    ],
    ["one value for a list", { ...good, names: "a" }, ["gives names as another type than it declares"]],
  ])("finds %s", (_name, outputs, problems) => {
    expect(outputProblems(outputs, fields)).toEqual(problems);
  });
});
