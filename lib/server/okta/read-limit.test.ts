import { expect, test } from "vitest";
import { readLimit } from "./read-limit.ts";

const DATE = Date.UTC(2026, 10, 22, 2, 0, 0);
const headers = (over: Record<string, string> = {}) => ({
  "x-rate-limit-limit": "600",
  "x-rate-limit-remaining": "599",
  "x-rate-limit-reset": String(DATE / 1000 + 30),
  date: new Date(DATE).toUTCString(),
  ...over,
});

test("the window's end is measured by Okta's clock, however wrong this machine's is", () => {
  for (const skew of [0, 600_000, -600_000]) {
    expect(readLimit(headers(), DATE + skew)).toEqual({
      limit: 600,
      remaining: 599,
      endsInMs: 31_000,
      window: DATE / 1000 + 30,
    });
  }
});

test("a missing reset is a minute, one in the past a second, one far away ten minutes at most", () => {
  const { "x-rate-limit-reset": _, ...without } = headers();
  expect(readLimit(without, DATE)).toEqual({ limit: 600, remaining: 599, endsInMs: 60_000 });
  expect(readLimit(headers({ "x-rate-limit-reset": String(DATE / 1000 - 90) }), DATE)?.endsInMs).toBe(1_000);
  expect(readLimit(headers({ "x-rate-limit-reset": String(DATE / 1000 + 90_000) }), DATE)?.endsInMs).toBe(
    600_000,
  );
});

test("headers that are missing, malformed, or about the concurrency limit say nothing of a bucket", () => {
  expect(readLimit({}, DATE)).toBeUndefined();
  expect(readLimit(headers({ "x-rate-limit-limit": "many" }), DATE)).toBeUndefined();
  expect(
    readLimit(headers({ "x-rate-limit-limit": "0", "x-rate-limit-remaining": "0" }), DATE),
  ).toBeUndefined();
});
