import { expect, it } from "vitest";
import { FAULTS } from "#lib/api/sandbox.ts";
import { FAULT_WORDS, faultText, ruleText } from "./fault-words.ts";

it("has words for every fault, each its own", () => {
  const titles = FAULTS.map((fault) => FAULT_WORDS[fault].title);
  expect(new Set(titles).size).toBe(FAULTS.length);
});

it("says how often under the title, where that is always too", () => {
  expect(ruleText({ fault: "500" })).toBe("Every time");
  expect(ruleText({ fault: "latency", ms: 300 })).toBe("Every time, 300 ms");
  expect(ruleText({ fault: "503", next: 3 })).toBe("only the next 3 times");
});

it("says what a rule does", () => {
  expect(faultText({ fault: "500" })).toBe("Server error (500)");
  expect(faultText({ fault: "latency", ms: 300, rate: 0.5 })).toBe("Slow answers: 300 ms, 50 % of the time");
  expect(
    faultText({ fault: "429", resetSeconds: 5, next: 1, method: "PUT", pathPrefix: "/api/v1/groups" }),
  ).toBe("Rate limit reached: reset in 5 s, only the next time, only PUT /api/v1/groups");
});
