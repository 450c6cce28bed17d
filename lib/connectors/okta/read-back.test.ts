import { expect, test } from "vitest";
import type { OktaClient, OrgTime } from "./client.ts";
import { sinceAttempt } from "./read-back.ts";
import { fakeOktaClient } from "./test-okta-client.ts";

const began = new Date("2026-11-21T09:00:00.400Z");

/** A client of an org whose clock is off from ours by so much. */
function orgAhead(ms: number, doubtMs = 2000): OktaClient {
  const orgTime = (ours: Date): OrgTime => ({ earliest: ours.getTime() + ms, doubtMs });
  return { ...fakeOktaClient().client, orgTime };
}

const at = (ms: number) => new Date(began.getTime() + ms).toISOString();

test.each([0, 30_000, -30_000, 600_000, -60_000])("the org's clock counts, %i ms ahead of ours", (ahead) => {
  const client = orgAhead(ahead);
  expect(sinceAttempt(client, at(ahead + 5), began)).toBe(true);
  expect(sinceAttempt(client, at(ahead - 2005), began)).toBe(false);
  expect(sinceAttempt(client, at(ahead - 12_000), began)).toBe(false);
});

test("a time in whole seconds counts from the second in which the attempt began", () => {
  expect(sinceAttempt(orgAhead(0), "2026-11-21T09:00:00.000Z", began)).toBe(true);
  expect(() => sinceAttempt(orgAhead(0), "2026-11-21T08:59:59.000Z", began)).toThrow("not exact enough");
  expect(sinceAttempt(orgAhead(0), "2026-11-21T08:59:57.000Z", began)).toBe(false);
});

test("a person is asked within the doubt, and where the org does not tell its time", () => {
  expect(() => sinceAttempt(orgAhead(0), at(-5), began)).toThrow("perhaps by somebody else");
  expect(() => sinceAttempt(orgAhead(0, 5000), at(-4995), began)).toThrow("perhaps by somebody else");
  const silent = { ...fakeOktaClient().client, orgTime: () => undefined };
  expect(() => sinceAttempt(silent, at(5), began)).toThrow("does not tell the time");
  const { orgTime: _, ...without } = fakeOktaClient().client;
  expect(() => sinceAttempt(without, at(-60_000), began)).toThrow("does not tell the time");
});

test("what has no time did not happen", () => {
  expect(sinceAttempt(orgAhead(0), null, began)).toBe(false);
});
