import { describe, expect, it } from "vitest";
import type { TextPart } from "../flow/value.ts";
import { formatProblem, templateFormatProblem } from "./check-format.ts";
import { field } from "./field.ts";
import { createCatalogue } from "./registry.ts";
import { testCatalogue } from "./test-catalogue.ts";
import { validate } from "./validate.ts";

const path = field.text({
  label: "Relative URL",
  format: { kind: "relative-path", roots: ["api", "oauth2"] },
});
const id: TextPart = { ref: ["e", "user", "id"] };

describe("a typed path", () => {
  it("is refused with what is wrong and what to do", () => {
    expect(formatProblem("//evil.example/api/v1", path)).toBe(
      "Relative URL does not start with a path of the API: start it with /api/.",
    );
    expect(formatProblem("/api/v1/users/ann@example.com", path)).toMatch(
      /has an "@" in its path: write it as %40/,
    );
  });

  it.each(["/api/v1/users/../../login", "/api/%2e%2e/login", "https://evil.example", "/api/v1/a\r\nHost: b"])(
    "may not be %j",
    (text) => {
      expect(formatProblem(text, path)).toBeDefined();
    },
  );

  it("may have a query, and be left empty", () => {
    expect(formatProblem("/api/v1/users?q=a@b.c", path)).toBeUndefined();
    expect(formatProblem("", path)).toBeUndefined();
    expect(formatProblem("//evil", field.text({ label: "Anything" }))).toBeUndefined();
  });

  it("with references is checked as far as it is typed", () => {
    expect(templateFormatProblem(["/api/v1/users/", id, "/groups"], path)).toBeUndefined();
    expect(templateFormatProblem(["/api/v1/users?search=", id], path)).toBeUndefined();
    expect(templateFormatProblem(["//", id, "/api/v1"], path)).toBeDefined();
    expect(templateFormatProblem(["/api/v1/../", id], path)).toBeDefined();
    expect(templateFormatProblem([id, "/groups"], path)).toBeUndefined();
  });
});

describe("validation", () => {
  const read = testCatalogue.card("test.read");
  const catalogue = createCatalogue([
    ...testCatalogue.cards.filter(({ id: card }) => card !== "test.read"),
    ...(read ? [{ ...read, inputs: { path } }] : []),
  ]);
  const issues = (value: { value: string } | { text: TextPart[] }) =>
    validate(
      {
        format: 1,
        name: "Paths",
        cards: {
          e: { card: "test.event", v: 1, connection: "okta" },
          a: { card: "test.read", v: 1, connection: "okta", inputs: { path: value } },
        },
        edges: [{ from: "e", out: "next", to: "a" }],
        layout: {},
      },
      catalogue,
    );

  it("names the field before anything runs", () => {
    const refused = [{ severity: "error", code: "wrong-format", card: "a", field: ["path"] }];
    expect(issues({ value: "//evil.example" })).toMatchObject(refused);
    expect(issues({ text: ["/api/v1/users/..", "/x"] })).toMatchObject(refused);
    expect(issues({ text: ["/api/v1/../", id] })).toMatchObject(refused);
    expect(issues({ text: ["/api/v1/users/", id] })).toEqual([]);
  });
});
