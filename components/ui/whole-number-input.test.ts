import { expect, test } from "vitest";
import { readWholeNumber } from "./whole-number-input.tsx";

const takes = { min: 1, max: 1000, optional: true };

test.each([
  ["1", 1],
  [" 1000 ", 1000],
  ["007", 7],
  ["1,000", 1000],
  ["1 000", 1000],
])("%j is a number", (typed, value) => {
  expect(readWholeNumber(typed, takes)).toEqual({ value });
});

test.each(["-5", "abc1e9", "1e2", "12345678901234567890", "0", "1001", "1.5", "1,00", "1,,000", ",100"])(
  "%j is none",
  (typed) => {
    expect(readWholeNumber(typed, takes)).toEqual({ problem: "A whole number from 1 to 1,000, or nothing." });
  },
);

test("nothing is right only where it means something", () => {
  expect(readWholeNumber(" ", takes)).toEqual({});
  expect(readWholeNumber("", { min: 0, max: 90 })).toEqual({ problem: "A whole number from 0 to 90." });
});
