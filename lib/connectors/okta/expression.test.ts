import { describe, expect, it } from "vitest";
import { expressionOf } from "./expression.ts";

describe("expressionOf", () => {
  it("joins what is asked for, and leaves out what is not", () => {
    expect(expressionOf({ status: "ACTIVE", id: undefined, "profile.city": "Oslo" }, undefined)).toBe(
      'status eq "ACTIVE" and profile.city eq "Oslo"',
    );
  });

  it("can't be broken out of by a value", () => {
    expect(expressionOf({ "profile.title": 'x" or id pr or "\\' }, undefined)).toBe(
      'profile.title eq "x\\" or id pr or \\"\\\\"',
    );
  });

  it("writes numbers, true/false and lists as Okta reads them", () => {
    expect(expressionOf({ a: 7, b: false, c: ["x", "y"] }, undefined)).toBe(
      'a eq 7 and b eq false and c eq "x" and c eq "y"',
    );
  });

  it("keeps an own expression together", () => {
    expect(expressionOf({ a: "1" }, "b pr or c pr")).toBe('a eq "1" and (b pr or c pr)');
    expect(expressionOf({}, "b pr or c pr")).toBe("b pr or c pr");
  });

  it("refuses to ask for everything by asking for nothing", () => {
    expect(() => expressionOf({ a: undefined, b: [] }, undefined)).toThrow(/nothing to look for/);
    expect(() => expressionOf({}, "  ")).toThrow(/nothing to look for/);
  });
});
