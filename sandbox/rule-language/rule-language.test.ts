import { describe, expect, it } from "vitest";
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
    [`${"(".repeat(60)}user.remote${")".repeat(60)}`, "Nested deeper"],
  ])("refuses %s", (text, message) => expect(() => parseRule(text)).toThrow(message));
});
