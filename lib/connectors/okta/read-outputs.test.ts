import { describe, expect, it } from "vitest";
import { field } from "../../cards/field.ts";
import { readOutputs } from "./read-outputs.ts";

const fields = {
  id: field.text({ label: "ID" }),
  count: field.number({ label: "Count" }),
  done: field.boolean({ label: "Done" }),
  at: field.datetime({ label: "At" }),
  names: field.textList({ label: "Names" }),
  one: field.object({ label: "One", fields: { a: field.text({ label: "A" }) } }),
  grown: field.object({ label: "Grown", grows: "x", fields: { a: field.text({ label: "A" }) } }),
  raw: field.object({ label: "Raw" }),
  many: field.objectList({ label: "Many", fields: { a: field.text({ label: "A" }) } }),
  free: field.any({ label: "Free" }),
};

describe("readOutputs", () => {
  it("reads every declared output by its type", () => {
    const source = {
      id: "x",
      count: 2,
      done: false,
      at: "2026-11-21T09:00:00Z",
      names: ["a", null, "b"],
      one: { a: "1", b: "2" },
      grown: { a: "1", b: "2", c: null },
      raw: { any: [1] },
      many: [{ a: "1", b: 2 }, "not an object"],
      free: [1],
      unknown: true,
    };
    expect(readOutputs(fields, source)).toEqual({
      id: "x",
      count: 2,
      done: false,
      at: "2026-11-21T09:00:00.000Z",
      names: ["a", "b"],
      one: { a: "1" },
      grown: { a: "1", b: "2" },
      raw: { any: [1] },
      many: [{ a: "1" }],
      free: [1],
    });
  });

  it("gives null for what is missing or of another type, and never throws", () => {
    const none = Object.fromEntries(Object.keys(fields).map((key) => [key, null]));
    expect(readOutputs(fields, {})).toEqual(none);
    expect(readOutputs(fields, null)).toEqual(none);
    expect(readOutputs(fields, "text")).toEqual(none);
    const wrong = { count: "2", done: "yes", at: "soon", names: "a", one: [], grown: 1, raw: "x", many: {} };
    expect(readOutputs(fields, wrong)).toEqual(none);
  });

  it("reads ids that arrive as numbers as text", () => {
    expect(readOutputs(fields, { id: 7 }).id).toBe("7");
  });
});
