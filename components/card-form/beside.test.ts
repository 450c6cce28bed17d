import { expect, test } from "vitest";
import type { Value } from "#lib/flow/value.ts";
import { textBeside } from "./beside.ts";

const values: { [key: string]: Value } = {
  application: { value: "salesforce" },
  mapped: { ref: ["c1", "id"] },
  conditions: { object: { attribute: { value: "userType" }, groups: { list: [{ value: "00g" }] } } },
  typed: { value: { attribute: "title" } },
};

test("an input is found beside another, at any depth and from inside a list", () => {
  expect(textBeside(values, ["applicationInstance"], "application")).toBe("salesforce");
  expect(textBeside(values, ["conditions", "attributeValue"], "attribute")).toBe("userType");
  expect(textBeside(values, ["conditions", "groups", "0"], "attribute")).toBe("userType");
  expect(textBeside(values, ["typed", "attributeValue"], "attribute")).toBe("title");
});

test("what is empty, mapped or not there is nothing", () => {
  expect(textBeside(values, ["applicationInstance"], "mapped")).toBe("");
  expect(textBeside(values, ["applicationInstance"], "missing")).toBe("");
  expect(textBeside(values, ["applicationInstance"], "toString")).toBe("");
  expect(textBeside(undefined, ["applicationInstance"], "application")).toBe("");
});
