import { expect, test } from "vitest";
import type { MappingSource } from "#lib/editor/sources.ts";
import { mappingRows } from "./mapping-rows.ts";

const sources: MappingSource[] = [
  {
    id: "c1",
    title: "Read User",
    outputs: {
      id: { type: "text", label: "ID" },
      groups: {
        type: "object",
        list: true,
        label: "Groups",
        fields: { name: { type: "text", label: "Name" } },
      },
    },
  },
];
const text = { type: "text", label: "To" } as const;
const shown = (search: string, open: string[] = []) =>
  mappingRows(sources, text, search, new Set(open)).map((row) => row.key);

test("cards with their outputs, nested ones once opened", () => {
  expect(shown("")).toEqual(["c1", "c1/id", "c1/groups"]);
  expect(shown("", ["c1/groups"])).toEqual(["c1", "c1/id", "c1/groups", "c1/groups/name"]);
});

test("a search finds fields however deep, by card or label, and nothing else", () => {
  expect(shown("group name")).toEqual(["c1", "c1/groups", "c1/groups/name"]);
  expect(shown("nowhere")).toEqual([]);
});

test("a field inside a list of objects is a list of them, and conversions are said", () => {
  const rows = mappingRows(sources, { type: "number", label: "N" }, "name", new Set());
  expect(rows.at(-1)).toMatchObject({ field: { list: true }, conversion: { kind: "may-fail" } });
});
