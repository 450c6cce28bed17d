import { expect, it } from "vitest";
import { callersOf, callersWords, missedCall } from "./flow-calls.ts";

const flows = [
  { id: "a", name: "Leavers", callable: false },
  { id: "b", name: "Joiners", callable: false },
  { id: "t", name: "Tell IT", callable: true },
  { id: "o", name: "Old", callable: false },
];

it("names those who call a flow, once each and never itself", () => {
  const calls = [
    { from: "a", to: "t" },
    { from: "t", to: "t" },
    { from: "b", to: "t" },
    { from: "a", to: "o" },
  ];
  expect(callersOf("t", { flows, calls })).toEqual(["Leavers", "Joiners"]);
  expect(callersOf("b", { flows, calls })).toEqual([]);
  expect(callersWords(["Leavers"])).toMatch(/^“Leavers” calls this flow/);
  expect(callersWords(["Leavers", "Joiners"])).toMatch(/^“Leavers” and “Joiners” call this flow/);
});

it("tells a call that would come to nothing", () => {
  expect(missedCall("a", { flows, calls: [{ from: "a", to: "t" }] })).toBeUndefined();
  expect(missedCall("a", { flows, calls: [{ from: "a", to: "o" }] })).toMatch(/“Old”.*is off/);
  expect(missedCall("a", { flows, calls: [{ from: "a", to: "gone" }] })).toMatch(/is deleted/);
});
