import { expect, test } from "vitest";
import { shareEventTypes } from "./share-event-types.ts";

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `type.${String(index).padStart(4, "0")}`);

test("up to 300 types are one hook, one more is a second", () => {
  expect(shareEventTypes([], numbered(300)).map(({ length }) => length)).toEqual([300]);
  expect(shareEventTypes([], numbered(301)).map(({ length }) => length)).toEqual([300, 1]);
});

test("each type is with exactly one hook", () => {
  const shares = shareEventTypes([["b"], ["b", "c"]], ["a", "b", "c", "d", "e"], 2);
  expect(shares.flat().sort()).toEqual(["a", "b", "c", "d", "e"]);
  expect(shares.every((share) => share.length <= 2)).toBe(true);
});

test("types stay where they are when others come and go", () => {
  expect(
    shareEventTypes(
      [
        ["a", "b"],
        ["c", "d"],
      ],
      ["b", "d", "e"],
      2,
    ),
  ).toEqual([["b", "e"], ["d"]]);
});

test("a hook with more than it may have gives the rest away", () => {
  expect(shareEventTypes([["a", "b", "c"]], ["a", "b", "c"], 2)).toEqual([["a", "b"], ["c"]]);
});

test("there is a first hook even for nothing, and an empty second one is shown as such", () => {
  expect(shareEventTypes([], [])).toEqual([[]]);
  expect(shareEventTypes([["a"], ["b"]], ["a"])).toEqual([["a"], []]);
});
