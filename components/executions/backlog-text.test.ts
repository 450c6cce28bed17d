import { describe, expect, test } from "vitest";
import { backlogText, isWorthTelling, lengthText, rateText } from "./backlog-text.ts";
import { backlogOf } from "./test-backlog.ts";

const clock = (at: string) => at.slice(11, 19);
const text = (...changes: Parameters<typeof backlogOf>) => backlogText(backlogOf(...changes), clock);

describe("a backlog is told", () => {
  test("with what waits, what it waits for and until when", () => {
    const told = text(
      { ready: 3412, okta: 38 },
      {
        oktaUntil: "2026-11-22T14:03:20.000Z",
        endedPerSecond: 120.4,
        outlook: { kind: "done", inSeconds: 29, by: "pace" },
      },
    );
    expect(told).toBe(
      "3,412 executions wait to run, 38 for Okta's rate limit until 14:03:20. At the present pace (120 a second) done in about 30 s.",
    );
  });

  test("where a rate limit makes it later, as the earliest", () => {
    const told = text(
      { okta: 900 },
      { oktaUntil: "2026-11-22T14:03:20.000Z", outlook: { kind: "done", inSeconds: 160, by: "okta" } },
    );
    expect(told).toBe(
      "900 executions wait for Okta's rate limit until 14:03:20. As Okta's rate limit allows, done in about 3 min at the earliest.",
    );
  });

  test("with everything else that waits", () => {
    expect(text({ ready: 1, down: 2, line: 3, delay: 4 })).toBe(
      "1 execution waits to run, 2 for an org that is down, 3 for their turn in a flow's line, 4 to try a card again.",
    );
  });

  test.each([
    [{ kind: "no-worker" as const }, "No worker is running; they go on once one is started."],
    [{ kind: "standing" as const, since: "2026-11-22T13:50:00.000Z" }, "Nothing has ended since 13:50:00."],
    [{ kind: "growing" as const }, "More arrive (150 a second) than end (0.5 a second)."],
  ])("without a time where there is none: %j", (outlook, sentence) => {
    const rates = { arrivedPerSecond: 150, endedPerSecond: 0.5 };
    expect(text({ ready: 100 }, { ...rates, outlook })).toBe(
      `100 executions wait to run. ${sentence.replace("0.5 a second", "30 a minute")}`,
    );
  });

  test.each([
    [{ ready: 400, okta: 12 }, "412 of them are of this flow."],
    [{ line: 1 }, "1 of them is of this flow."],
    [{ running: 5 }, "None of them is of this flow."],
  ])("with the part of one flow: %j", (counts, sentence) => {
    const { all: ofFlow } = backlogOf(counts);
    expect(text({ ready: 3000 }, { ofFlow })).toBe(`3,000 executions wait to run. ${sentence}`);
  });
});

test.each([
  [{}, "2026-11-22T13:00:00.000Z", true],
  [{ ready: 50 }, "2026-11-22T13:59:55.000Z", false],
  [{ ready: 51 }, "2026-11-22T13:59:55.000Z", true],
  [{ ready: 1 }, "2026-11-22T13:59:45.000Z", true],
  [{ okta: 51 }, null, true],
  [{ running: 300, paused: 300, attention: 300, line: 300 }, null, false],
])("%j since %s is worth telling: %s", (counts, readySince, worth) => {
  expect(isWorthTelling(backlogOf(counts, { readySince }))).toBe(worth);
});

test.each([
  [0, "a few seconds"],
  [6, "about 10 s"],
  [55, "about 55 s"],
  [56, "about 1 min"],
  [61, "about 2 min"],
  [3540, "about 59 min"],
  [3541, "about 1 h"],
  [3661, "about 1 h 10 min"],
  [90_000, "about 25 h"],
])("%d seconds are %s", (seconds, words) => {
  expect(lengthText(seconds)).toBe(words);
});

test.each([
  [1234.4, "1,234 a second"],
  [3.44, "3.4 a second"],
  [0.5, "30 a minute"],
  [0.001, "less than 1 a minute"],
])("%d per second is %s", (rate, words) => {
  expect(rateText(rate)).toBe(words);
});
