import { expect, test } from "vitest";
import type { Fields } from "#lib/cards/field.ts";
import { inputRows, outputRows } from "./card-rows.ts";

const fields: Fields = {
  a: { type: "text", label: "A" },
  b: { type: "text", label: "B" },
  c: { type: "text", label: "C" },
  d: { type: "text", label: "D" },
  e: { type: "text", label: "E", required: true },
  f: {
    type: "object",
    label: "F",
    fields: { x: { type: "text", label: "X" }, y: { type: "text", label: "Y", required: true } },
  },
};
const keys = (rows: readonly { key: string }[]) => rows.map((row) => row.key);

test("a card shows its first inputs, required ones and filled ones, and says how many more there are", () => {
  const { rows, more } = inputRows(fields, undefined);
  expect(keys(rows)).toEqual(["a", "b", "c", "e"]);
  expect(more).toBe(2);
  expect(keys(inputRows(fields, { d: { value: "1" } }).rows)).toEqual(["a", "b", "c", "d", "e"]);
  expect(inputRows(fields, undefined, { allInputs: true }).more).toBe(0);
});

test("an object opens for what is filled in it, with what it requires", () => {
  const { rows } = inputRows(fields, { f: { object: { x: { ref: ["c1", "id"] } } } });
  expect(keys(rows)).toEqual(["a", "b", "c", "e", "f", "f/x", "f/y"]);
  const closed = inputRows(fields, { f: { object: { x: { value: "1" } } } }, { rows: { "input:f": false } });
  expect(keys(closed.rows)).toContain("f/x");
});

test("outputs some card reads are always there, and mapping one moves no row", () => {
  const unread = keys(outputRows(fields, new Set()).rows);
  expect(unread).toEqual(["a", "b", "c", "f"]);
  expect(keys(outputRows(fields, new Set(["a"])).rows)).toEqual(unread);
  expect(keys(outputRows(fields, new Set(["f/y", "d"])).rows)).toEqual(["a", "b", "c", "d", "f", "f/y"]);
});
