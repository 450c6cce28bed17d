import { expect, test } from "vitest";
import type { Value } from "#lib/flow/value.ts";
import { piecesOf, valueFrom, withoutRef, withRef, withText } from "./template-parts.ts";

const ref = { ref: ["c1", "id"] } satisfies Value;

test.each<Value>([{ value: "plain" }, ref, { text: ["Hello ", ref, "!"] }, { text: [ref, ref] }])(
  "what is not edited stays as it is: %j",
  (value) => {
    expect(valueFrom(piecesOf(value))).toEqual(value);
  },
);

test("a reference goes in at the caret, and out again", () => {
  const pieces = withRef(piecesOf({ value: "Hello !" }), 0, 6, ["c1", "id"]);
  expect(valueFrom(pieces)).toEqual({ text: ["Hello ", ref, "!"] });
  expect(valueFrom(withoutRef(pieces, 0))).toEqual({ value: "Hello !" });
});

test("typed braces give way to the reference they asked for", () => {
  expect(valueFrom(withRef(piecesOf({ value: "Hi {{" }), 0, 5, ["c1", "id"]))).toEqual({
    text: ["Hi ", ref],
  });
});

test("a reference written out becomes one", () => {
  expect(valueFrom(withText(piecesOf(undefined), 0, "a {{c1.id}} b"))).toEqual({ text: ["a ", ref, " b"] });
});

test("emptied means not given", () => {
  expect(valueFrom(withText(piecesOf({ value: "x" }), 0, ""))).toBeNull();
  expect(valueFrom(withoutRef(piecesOf(ref), 0))).toBeNull();
});
