import type { Choice } from "../../../cards/field.ts";
import type { Json } from "../../../flow/json.ts";
import { folded } from "./conditions.ts";

/** How a profile attribute may be compared, with the words a reason says it in. */
export const ATTRIBUTE_TESTS = [
  { value: "is", label: "is", needsValue: true },
  { value: "isNot", label: "is not", needsValue: true },
  { value: "contains", label: "contains", needsValue: true },
  { value: "doesNotContain", label: "does not contain", needsValue: true },
  { value: "startsWith", label: "starts with", needsValue: true },
  { value: "isEmpty", label: "is empty", needsValue: false },
  { value: "isNotEmpty", label: "is not empty", needsValue: false },
] as const;
export type AttributeTest = (typeof ATTRIBUTE_TESTS)[number]["value"];

export const ATTRIBUTE_TEST_CHOICES: Choice[] = ATTRIBUTE_TESTS.map(({ value, label }) => ({ value, label }));

/** The test somebody chose; "is" where the choice was left open. */
export function attributeTest(chosen: string | undefined): (typeof ATTRIBUTE_TESTS)[number] {
  return ATTRIBUTE_TESTS.find(({ value }) => value === chosen) ?? ATTRIBUTE_TESTS[0];
}

/**
 * Compares what a profile holds with what was typed. Numbers and true/false as Okta writes them, texts without regard to
 * case; a list "is" and "contains" what one of its items is.
 */
export function meetsTest(actual: Json | undefined, test: AttributeTest, wanted: string): boolean {
  const values = textsOf(actual);
  const value = folded(wanted);
  const has = (check: (text: string) => boolean) => values.some(check);
  switch (test) {
    case "is":
      return has((text) => text === value);
    case "isNot":
      return !has((text) => text === value);
    case "contains":
      return Array.isArray(actual) ? has((text) => text === value) : has((text) => text.includes(value));
    case "doesNotContain":
      return !meetsTest(actual, "contains", wanted);
    case "startsWith":
      return has((text) => text.startsWith(value));
    case "isEmpty":
      return values.length === 0;
    case "isNotEmpty":
      return values.length > 0;
  }
}

function textsOf(actual: Json | undefined): string[] {
  const items = Array.isArray(actual) ? actual : [actual];
  return items
    .map((item) => (typeof item === "number" || typeof item === "boolean" ? String(item) : folded(item)))
    .filter((text) => text !== "");
}
