import type { z } from "zod";

/** Kinds of text, as whoever typed one calls it. */
const FORMATS: Record<string, string> = {
  email: "That is no email address.",
  uuid: "That is no id of Flowdeck.",
  url: "That is no web address.",
  datetime: "That is no date and time.",
};

/**
 * What is wrong with a value of a request, for people. zod's own words ("Too big: expected string to have <=100
 * characters") reached the first form anybody fills in. Undefined where its words stand: for kinds forms can't cause.
 * A schema's own message comes before these.
 */
export function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "too_big":
      return limitWords("At most", issue.origin, issue.maximum);
    case "too_small":
      if (issue.origin === "string" && Number(issue.minimum) === 1) return "This must not be empty.";
      return limitWords("At least", issue.origin, issue.minimum);
    case "invalid_type":
      return issue.input === undefined ? "This is missing." : `This must be ${kindWords(issue.expected)}.`;
    case "invalid_format":
      return FORMATS[issue.format] ?? "This is not written as it must be.";
    case "invalid_value":
      return `This must be one of: ${issue.values.map(String).join(", ")}.`;
    case "unrecognized_keys":
      return `Not known here: ${issue.keys.join(", ")}.`;
    default:
      return undefined;
  }
}

function limitWords(least: string, origin: string, limit: number | bigint): string {
  const number = limit.toLocaleString("en");
  if (origin === "string") return `${least} ${number} ${number === "1" ? "character" : "characters"}.`;
  if (origin === "array") return `${least} ${number} ${number === "1" ? "entry" : "entries"}.`;
  return `${least} ${number}.`;
}

function kindWords(expected: string): string {
  if (expected === "string") return "a text";
  if (expected === "boolean") return "true or false";
  if (expected === "int") return "a whole number";
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}
