import { expect, it } from "vitest";
import { clockText } from "./instant.tsx";

it("gives the time of day with seconds, and the day unless it is today", () => {
  const date = new Date(2026, 10, 21, 14, 3, 9);
  expect(clockText(date, new Date(2026, 10, 21, 23, 0, 0))).toBe("14:03:09");
  expect(clockText(date, new Date(2026, 10, 22, 1, 0, 0))).toBe("21 Nov, 14:03:09");
});
