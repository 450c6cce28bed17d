import { expect, test } from "vitest";
import { headings } from "./field-headings.ts";

const text = (group?: string) => ({ type: "text" as const, label: "x", group });

test("neighbours of a group share one heading, and what has none ends it", () => {
  const fields = {
    a: text(),
    b: text("Credentials"),
    c: text("Credentials"),
    d: text(),
    e: text("Credentials"),
  };
  expect([...headings(fields)]).toEqual([
    ["b", "Credentials"],
    ["e", "Credentials"],
  ]);
  expect([...headings(fields, ["a", "c", "e"])]).toEqual([["c", "Credentials"]]);
});
