import { expect, test } from "vitest";
import { OrgClock } from "./org-clock.ts";

const SERVED = Date.UTC(2026, 10, 22, 2, 0, 10);
const headers = { date: new Date(SERVED).toUTCString() };

test.each([0, 30_000, -60_000, 600_000])(
  "tells what the org's clock showed, ours being %i ms off",
  (skew) => {
    const clock = new OrgClock();
    const now = SERVED + skew;
    clock.answered(headers, now);
    expect(clock.at(new Date(now - 4_000), now)).toEqual({ earliest: SERVED - 4_000, doubtMs: 2_004 });
  },
);

test("goes by the last answer that tells a time", () => {
  const clock = new OrgClock();
  clock.answered(headers, SERVED + 5_000);
  clock.answered(headers, SERVED);
  clock.answered({}, SERVED + 90_000);
  expect(clock.at(new Date(SERVED), SERVED)?.earliest).toBe(SERVED);
});

test("knows nothing before there was an answer with a time that can be read", () => {
  const clock = new OrgClock();
  expect(clock.at(new Date(SERVED), SERVED)).toBeUndefined();
  clock.answered({ date: "soon" }, SERVED);
  expect(clock.at(new Date(SERVED), SERVED)).toBeUndefined();
});
