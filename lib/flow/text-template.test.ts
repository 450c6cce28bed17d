import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ref } from "./test-documents.ts";
import { formatTemplate, parseTemplate, templateFromValue, valueFromTemplate } from "./text-template.ts";
import { type TextPart, valueSchema } from "./value.ts";

const cards = ["c1", "c2", "odd id", "]}}"];
/** Made of the grammar's own characters, which random text hardly ever hits. */
const tricky = fc
  .array(fc.constantFrom("{", "}", "{{", "}}", "\\", "c1", ".", '["', '"]', " ", "id", "x"), {
    maxLength: 10,
  })
  .map((pieces) => pieces.join(""));
const parts: fc.Arbitrary<TextPart[]> = fc.array(
  fc.oneof(fc.string(), tricky, fc.record({ ref: ref(cards) })),
  { maxLength: 6 },
);

function merged(given: readonly TextPart[]): TextPart[] {
  const all: TextPart[] = [];
  for (const part of given) {
    const last = all.at(-1);
    if (typeof part === "string" && typeof last === "string") all.splice(-1, 1, last + part);
    else if (part !== "") all.push(part);
  }
  return all;
}

describe("templates", () => {
  it("read back as the parts they were made from, whatever these hold", () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(parseTemplate(formatTemplate(given))).toEqual(merged(given));
      }),
      { numRuns: 3000 },
    );
  });

  it("never fail to be read, and mean the same after being shown again", () => {
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string()), (text) => {
        const read = parseTemplate(text);
        expect(parseTemplate(formatTemplate(read))).toEqual(read);
        expect(valueSchema.safeParse({ text: read }).success).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it.each<[string, TextPart[]]>([
    ["Hello {{c2.profile.firstName}}!", ["Hello ", { ref: ["c2", "profile", "firstName"] }, "!"]],
    ["{{ c1 }}", [{ ref: ["c1"] }]],
    ["{{c2.groups.0.name}}", [{ ref: ["c2", "groups", "0", "name"] }]],
    ['{{c2.profile["job title"]}}', [{ ref: ["c2", "profile", "job title"] }]],
    ["{{{c1.id}}}", ["{", { ref: ["c1", "id"] }, "}"]],
    [String.raw`\{{c1.id}}`, ["{{c1.id}}"]],
    [String.raw`\\{{c1.id}}`, ["\\", { ref: ["c1", "id"] }]],
    ["{{c1.id + 1}}", ["{{c1.id + 1}}"]],
    ["{{constructor.name}} {{c1.__proto__}}", ["{{constructor.name}} {{c1.__proto__}}"]],
    ["{{", ["{{"]],
    ["{{c1..id}} {{.id}} {{c1.}}", ["{{c1..id}} {{.id}} {{c1.}}"]],
    ["", []],
  ])("%s", (text, expected) => {
    expect(parseTemplate(text)).toEqual(expected);
  });

  it("leave braces that are no reference as they were typed", () => {
    expect(formatTemplate(["a {{ b c }} d"])).toBe("a {{ b c }} d");
    expect(formatTemplate(["say {{c1.id}}"])).toBe(String.raw`say \{{c1.id}}`);
  });

  it("of thousands of open braces are read at once", () => {
    expect(parseTemplate("{{".repeat(20_000))).toEqual(["{{".repeat(20_000)]);
  });
});

describe("the value of a template", () => {
  it("is a literal, a reference that keeps its type, or a text", () => {
    expect(valueFromTemplate("")).toBeNull();
    expect(valueFromTemplate("Ann")).toEqual({ value: "Ann" });
    expect(valueFromTemplate("{{c1.id}}")).toEqual({ ref: ["c1", "id"] });
    expect(valueFromTemplate("id {{c1.id}}")).toEqual({ text: ["id ", { ref: ["c1", "id"] }] });
  });

  it("is shown again as it was typed", () => {
    for (const text of ["Ann", "{{c1.id}}", "id {{c1.id}}", String.raw`\{{c1.id}}`]) {
      const value = valueFromTemplate(text);
      expect(value && templateFromValue(value)).toBe(text);
    }
  });

  it("can't be shown for lists and objects", () => {
    expect(templateFromValue({ list: [] })).toBeNull();
    expect(templateFromValue({ value: { a: 1 } })).toBeNull();
    expect(templateFromValue({ value: 5 })).toBe("5");
    expect(templateFromValue({ value: null })).toBe("");
  });
});
