import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../flow/json.ts";
import { json } from "../flow/test-documents.ts";
import { conversionBetween } from "./conversion-note.ts";
import { convert, convertFields } from "./convert.ts";
import { type Field, type FieldType, field } from "./field.ts";

const types: FieldType[] = ["text", "number", "boolean", "datetime", "object", "file", "any"];
const choices = [
  { value: "a", label: "A" },
  { value: "1", label: "One" },
];
const children = {
  login: field.text({ label: "Login", required: true }),
  age: field.number({ label: "Age" }),
};

const anyField: fc.Arbitrary<Field> = fc
  .record({
    type: fc.constantFrom(...types),
    list: fc.boolean(),
    withChoices: fc.boolean(),
    withFields: fc.boolean(),
    grows: fc.boolean(),
  })
  .map(({ type, list, withChoices, withFields, grows }) => ({
    type,
    list,
    label: "Field",
    ...(type === "text" && withChoices ? { choices } : {}),
    ...(type === "object" && withFields ? { fields: children, ...(grows ? { grows: "x" } : {}) } : {}),
  }));

const present = (value: Json) =>
  value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

/** Values a field of this kind really holds; never an empty one, of which conversions do not speak. */
function valuesOf(given: Field): fc.Arbitrary<Json> {
  if (given.list) return fc.array(valuesOf({ ...given, list: false }), { minLength: 1, maxLength: 3 });
  if (given.choices) return fc.constantFrom(...given.choices.map(({ value }) => value));
  const time = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") });
  const byType: Record<FieldType, fc.Arbitrary<Json>> = {
    text: fc
      .oneof(fc.string(), fc.constantFrom("1", "true", "{}", '{"login":"x"}', "[1]", "2026-11-21"))
      .filter(present),
    number: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1)),
    boolean: fc.boolean(),
    datetime: time.map((date) => date.toISOString()),
    object: fc
      .record({ login: fc.constant("ann"), age: fc.nat(), more: json }, { requiredKeys: [] })
      .map((object): Json => JSON.parse(JSON.stringify(object))),
    file: fc.constantFrom("file:1", "1", "true", "{}", "2026-11-21"),
    any: json.filter(present),
  };
  return byType[given.type];
}

describe("what the builder says of a mapping", () => {
  it("holds for every value: impossible never converts; same and converts always do", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(
        anyField.chain((from) => fc.tuple(fc.constant(from), anyField, valuesOf(from))),
        ([from, to, value]) => {
          const { kind, note } = conversionBetween(from, to);
          kinds.add(kind);
          const converted = convert(value, to);
          if (kind === "impossible") expect(converted.ok).toBe(false);
          if (kind === "same" || kind === "converts") expect(converted).toMatchObject({ ok: true });
          if (kind === "same" && converted.ok && !from.list) expect(converted.value).toEqual(value);
          if (kind === "same") expect(note).toBeUndefined();
          else expect(note).toMatch(/^[A-Z].*\.$/);
        },
      ),
      { numRuns: 5000 },
    );
    expect([...kinds].sort()).toEqual(["converts", "impossible", "may-fail", "same"]);
  });

  it("calls nothing possible only by name: for each pair that may fail some value converts and some does not", () => {
    for (const from of types) {
      for (const to of types) {
        const [source, target]: Field[] = [
          { type: from, label: "From" },
          { type: to, label: "To" },
        ];
        if (!source || !target || conversionBetween(source, target).kind !== "may-fail") continue;
        const outcomes = fc
          .sample(valuesOf(source), { numRuns: 400, seed: 1 })
          .map((value) => convert(value, target).ok);
        expect([from, to, outcomes.includes(true)]).toEqual([from, to, true]);
        expect([from, to, outcomes.includes(false)]).toEqual([from, to, true]);
      }
    }
  });
});

describe("converted values", () => {
  it("have the type of their field, for any value and field", () => {
    fc.assert(
      fc.property(json, anyField, (value, to) => {
        const converted = convert(value, to);
        if (!converted.ok || converted.value === undefined) return;
        const items = to.list ? converted.value : [converted.value];
        expect(Array.isArray(items)).toBe(true);
        if (!Array.isArray(items)) return;
        for (const item of items) expect(fits(item, to)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("stay the same when they are converted again", () => {
    fc.assert(
      fc.property(json, anyField, (value, to) => {
        const once = convert(value, to);
        if (once.ok) expect(convert(once.value, to)).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });
});

function fits(value: Json, { type }: Field): boolean {
  if (type === "any") return true;
  if (type === "object") return isJsonObject(value);
  if (type === "datetime") return typeof value === "string" && new Date(value).toISOString() === value;
  return typeof value === (type === "file" ? "string" : type === "text" ? "string" : type);
}

describe("nothing given", () => {
  it("stays out: null, an empty text, an empty list where one value is asked for", () => {
    for (const value of [undefined, null, "", []]) {
      expect(convert(value, field.number({ label: "N" }))).toEqual({ ok: true, value: undefined });
      expect(convert(value, field.text({ label: "N", required: true }))).toMatchObject({
        ok: false,
        problems: [{ code: "missing-input" }],
      });
    }
    expect(convert([], field.textList({ label: "L" }))).toEqual({ ok: true, value: [] });
    expect(convert(["", null], field.textList({ label: "L" }))).toEqual({ ok: true, value: [] });
  });
});

describe("dates and times", () => {
  const time = (value: Json) => convert(value, field.datetime({ label: "When" }));

  it.each<[Json, string]>([
    ["2026-11-21T09:00:00.000Z", "2026-11-21T09:00:00.000Z"],
    ["2026-11-21T10:00:00+01:00", "2026-11-21T09:00:00.000Z"],
    ["2026-11-21T09:00:00", "2026-11-21T09:00:00.000Z"],
    ["2026-11-21 09:00", "2026-11-21T09:00:00.000Z"],
    ["2026-11-21", "2026-11-21T00:00:00.000Z"],
    ["Sat, 21 Nov 2026 09:00:00 GMT", "2026-11-21T09:00:00.000Z"],
    [0, "1970-01-01T00:00:00.000Z"],
  ])("%s", (value, expected) => {
    expect(time(value)).toEqual({ ok: true, value: expected });
  });

  it.each(["5", "tomorrow", "2026-02-30", "2026-13-01", "11/21/2026", "Nov 21 2026", "2026-11-21T25:00"])(
    "refuses %s instead of guessing",
    (value) => {
      expect(time(value).ok).toBe(false);
    },
  );
});

describe("all fields of a card", () => {
  it("name every problem with its path", () => {
    const fields = { n: field.number({ label: "N" }), o: field.object({ label: "O", fields: children }) };
    expect(convertFields({ n: "x", o: { age: "y" }, extra: 1 }, fields)).toEqual({
      ok: false,
      problems: [
        expect.objectContaining({ path: ["n"], code: "wrong-type" }),
        expect.objectContaining({ path: ["o", "login"], code: "missing-input" }),
        expect.objectContaining({ path: ["o", "age"], code: "wrong-type" }),
        expect.objectContaining({ path: ["extra"], code: "unknown-field" }),
      ],
    });
  });

  it("take own properties only, and set none on a prototype", () => {
    const open = field.object({ label: "O", grows: "x", fields: { toString: field.text({ label: "T" }) } });
    expect(convert({}, open)).toEqual({ ok: true, value: {} });
    const hostile: Json = JSON.parse('{"__proto__":{"admin":true},"badge":7}');
    const converted = convert(hostile, open);
    expect(converted).toMatchObject({
      ok: false,
      problems: [{ path: ["__proto__"], code: "unknown-field" }],
    });
  });

  it("refuse objects that are sent with functions' names as keys, instead of calling these", () => {
    for (const type of types) {
      const converted = convert({ toString: "", valueOf: 1, toJSON: 2 }, { type, label: "F" });
      expect(converted.ok).toBe(["text", "file", "object", "any"].includes(type));
    }
  });

  it("keep what only the connection knows where a field grows", () => {
    const open = field.object({ label: "O", grows: "x", fields: children });
    expect(convert({ login: "ann", badge: { a: 1 }, empty: "" }, open)).toEqual({
      ok: true,
      value: { login: "ann", badge: { a: 1 } },
    });
  });

  it("never repeat a secret in a message", () => {
    const pin = field.number({ label: "PIN", secret: true });
    expect(JSON.stringify(convert("hunter2", pin))).not.toContain("hunter2");
  });
});
