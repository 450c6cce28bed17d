import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { registry } from "#lib/registry.ts";
import { addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import type { Claim } from "./claim.ts";
import { Plans } from "./plans.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

/** A claim of an execution of a new flow with so many cards. */
async function claimOf(cards: number): Promise<Claim> {
  const notes = Array.from({ length: cards - 1 }, (_, index) => [
    `f${index}`,
    { card: "core.compose", v: 1, inputs: { text: { value: "x" } } },
  ]);
  const event = { card: "okta.events.custom", v: 1, connection: "okta" };
  const document = documentOf({ cards: { e: event, ...Object.fromEntries(notes) } });
  const { id: flowId, versionId } = await addFlow(db, { document });
  const run = { id: "x", fence: 1, mode: "live" as const, fresh: true, trigger: {} };
  return { run, flowId, versionId, cancelRequested: false, letIn: false };
}

test("a plan is made once, by several at the same time too", async () => {
  const plans = new Plans(db.pool, registry);
  const claim = await claimOf(3);
  await Promise.all([plans.of(claim), plans.of(claim)]);
  const query = vi.spyOn(db.pool, "query");
  const [first, again] = [await plans.of(claim), await plans.of(claim)];
  expect(again).toBe(first);
  expect(query).not.toHaveBeenCalled();
});

test("those used longest ago make room, as many as their cards take", async () => {
  // Room for one plan of 20 cards and one of 1, each with what it takes beside.
  const plans = new Plans(db.pool, registry, 41);
  const [large, small, other] = await Promise.all([claimOf(20), claimOf(1), claimOf(1)]);
  const query = vi.spyOn(db.pool, "query");
  const made = async (claim: Claim) => {
    query.mockClear();
    await plans.of(claim);
    return query.mock.calls.length > 0;
  };
  expect([await made(large), await made(small), await made(large)]).toEqual([true, true, false]);
  // The small one was used longest ago.
  expect(await made(other)).toBe(true);
  expect([await made(large), await made(other), await made(small)]).toEqual([false, false, true]);
  // What went is the large one: both small ones fit.
  expect([await made(other), await made(small), await made(large)]).toEqual([false, false, true]);
});
