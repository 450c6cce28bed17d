import { expect, it } from "vitest";
import { isOptionValue } from "./option-value.ts";

const choices = [{ value: "user.session.start", label: "User session start" }];
const typed = { pattern: "[a-z]+(\\.[a-z]+)+", means: "typed", hint: "type one" };

it.each([
  [{ choices }, "user.session.start", true],
  [{ choices }, "user.session.end", false],
  [{ choices, typed }, "user.session.start", true],
  [{ choices, typed }, "user.session.end", true],
  [{ choices, typed }, "user", false],
  [{ choices, typed }, "user.session.end\nmore", false],
  [{ choices, typed }, "x user.session.end", false],
  [{}, "anything", true],
])("%j takes %j: %s", (option, value, expected) => {
  expect(isOptionValue({ label: "Event", default: "user.session.start", ...option }, value)).toBe(expected);
});
