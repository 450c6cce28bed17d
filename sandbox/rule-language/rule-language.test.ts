import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExpressionError } from "../expression/tokenize.ts";
import { ruleMatches } from "./evaluate.ts";
import { parseRule } from "./parse.ts";

const profile: Record<string, unknown> = {
  department: "Sales",
  title: 'Head of "Deals"',
  badgeNumber: 4007,
  remote: true,
  skills: ["sql", "go"],
};
const subject = {
  attribute: (name: string) => profile[name],
  groups: [{ id: "00g1", name: "Sales EMEA" }],
};
const matches = (text: string) => ruleMatches(parseRule(text), subject);

describe("group rule expressions", () => {
  it.each([
    ['user.department == "Sales"', true],
    ["user.department == 'sales'", false],
    ['user.department != "Sales"', false],
    ['user.title == "Head of \\"Deals\\""', true],
    ["user.nickName == null", true],
    ["user.department == null", false],
    ["user.badgeNumber > 4000 AND user.badgeNumber <= 4007", true],
    ['user.badgeNumber == "4007"', true],
    ["user.remote", true],
    ["!user.remote || NOT (user.remote)", false],
    ['user.department == "IT" OR user.remote AND user.badgeNumber < 1', false],
    ['(user.department == "IT" OR user.remote) AND user.badgeNumber > 1', true],
    ['String.startsWith(user.department, "Sa")', true],
    ['String.startsWith(user.nickName, "")', false],
    ['String.stringContains(user.department, "ale") && String.contains("abc", "b")', true],
    ['String.toLowerCase(user.department) == "sales"', true],
    ["String.len(user.department) == 5", true],
    ['Arrays.contains(user.skills, "go")', true],
    ['Arrays.contains({"a", "b"}, user.department)', false],
    ["Arrays.isEmpty(user.skills) or Arrays.size(user.skills) == 2", true],
    ['isMemberOfGroup("00g1")', true],
    ['isMemberOfAnyGroup("00g0", "00g1")', true],
    ['isMemberOfGroupName("Sales")', false],
    ['isMemberOfGroupNameStartsWith("Sales") and isMemberOfGroupNameContains("EMEA")', true],
  ])("%s is %s", (text, wanted) => expect(matches(text)).toBe(wanted));

  it.each([
    ['user.nope == "x"', "Invalid property user.nope"],
    ["user.department", "true or false"],
    ['"Sales"', "true or false"],
    ['String.replace(user.title, "a", "b") == "c"', "does not know the function String.replace"],
    ['String.startsWith("a")', "takes 2 arguments"],
    ['user.department == "Sales" AND', "Expected a value"],
    ["(user.remote", "Expected ')' at 12"],
    ["user.remote user.remote", "Unexpected text at 12"],
    ["user.remote ; 1", "Unexpected character ';'"],
    ["constructor == constructor", "Invalid property constructor"],
    ["toString(user.title)", "does not know the function toString"],
    ["user.constructor == null", "Invalid property user.constructor"],
    [`user.title == "${"x".repeat(20_000)}"`, "Longer than 20000 characters"],
    [`${"!".repeat(60)}user.remote`, "Nested deeper"],
    [`${"String.len(".repeat(60)}user.title${")".repeat(60)} == 1`, "Nested deeper"],
    ["{{{{user.remote}}}}", "true or false"],
    ['user.title matches "a+"', "Unexpected text at 11"],
    ['user.title == "a" ? true : false', "Unexpected character '?'"],
    ["T(java.lang.Runtime).getRuntime()", "Unexpected character '.'"],
    [`${"(".repeat(60)}user.remote${")".repeat(60)}`, "Nested deeper"],
  ])("refuses %s", (text, message) => expect(() => parseRule(text)).toThrow(message));

  it("fails with an ExpressionError and nothing else, whatever is thrown together", () => {
    const words = [
      "user.title",
      "user.remote",
      "(",
      ")",
      "{",
      "}",
      ",",
      "!",
      "&&",
      "OR",
      "==",
      "<",
      '"x"',
      "'",
      "1",
    ];
    const more = ["String.len", "isMemberOfGroup", "Arrays.contains", "null", "constructor"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words, ...more), { maxLength: 40 }), (parts) => {
        try {
          expect(typeof matches(parts.join(" "))).toBe("boolean");
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
    );
  });

  it("holds for as many terms as fit into the longest one", () => {
    expect(matches(Array.from({ length: 1400 }, () => "!user.remote").join("||"))).toBe(false);
  });
});
