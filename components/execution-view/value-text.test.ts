import { expect, it } from "vitest";
import { kindOf, prettyBody, scalarText } from "./value-text.ts";

it("names what a value is where it doesn't show by itself", () => {
  expect([kindOf([1]), kindOf([]), kindOf({ a: 1 }), kindOf("x"), kindOf(null)]).toEqual([
    "1 item",
    "0 items",
    "1 field",
    undefined,
    undefined,
  ]);
  expect([scalarText(null), scalarText(""), scalarText(false), scalarText(0)]).toEqual([
    "empty",
    "empty text",
    "False",
    "0",
  ]);
});

it("indents JSON and leaves everything else as it came", () => {
  expect(prettyBody('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(prettyBody('{"a":1')).toBe('{"a":1');
});
