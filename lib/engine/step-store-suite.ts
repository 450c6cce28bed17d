import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../flow/json.ts";
import type { Ending, Step } from "./execution.ts";
import { LostClaimError, type StepStore } from "./ports.ts";

/** A store under test, and the few things the suite needs that the engine never asks for. */
export interface StoreUnderTest {
  store: StepStore;
  /** A claimed execution without steps. `fence` is the claim's token. */
  newExecution: () => Promise<{ id: string; fence: number }>;
  /** Another worker claims the execution: its token, newer than all before. */
  takeOver: (id: string) => Promise<number>;
  /** The last ending recorded; undefined while there is none. */
  endingOf: (id: string) => Promise<Ending | undefined>;
}

const AT = "2026-11-21T09:00:00.123Z";
const LATER = "2026-11-21T09:00:01.456Z";

function stepOf(path: string, overrides: Partial<Step> = {}): Step {
  return { path, attempt: 1, status: "succeeded", startedAt: AT, finishedAt: LATER, ...overrides };
}

/** A step with every field there is. Failed, with values that trip careless storage. */
const FULL: Step = {
  path: "c1",
  attempt: 3,
  status: "failed",
  exit: "next",
  inputs: { login: "ann@example.com", list: [1, null, "x"], nested: { deep: [{ a: true }] } },
  outputs: { empty: {}, none: [], blank: "", zero: 0, no: false, nothing: null },
  error: {
    kind: "refused",
    code: "E0000001",
    message: "The login is already in use.",
    hint: "Choose another one.",
    status: 400,
    field: ["profile", "login"],
    retryAt: LATER,
    data: { causes: ["login: not unique"] },
  },
  exchanges: [
    {
      method: "POST",
      path: "/api/v1/users?activate=false",
      requestBody: '{"a":1}',
      status: 400,
      responseBody: "no",
      requestId: "req-1",
      durationMs: 12.5,
      at: AT,
    },
    { method: "GET", path: "/", durationMs: 3, at: LATER },
  ],
  because: "c0",
  settled: "readBack",
  startedAt: AT,
  finishedAt: LATER,
};

const ENDINGS: Ending[] = [
  { status: "succeeded" },
  { status: "succeeded", reason: "Not a contractor.", result: { id: "00u1", tags: ["a"] } },
  { status: "failed", error: { kind: "bug", code: "bug", message: "It broke." }, path: "c2" },
  { status: "attention", error: { kind: "unavailable", code: "outcome-unknown", message: "?" }, path: "c3" },
  { status: "cancelled" },
  { status: "waiting", until: LATER, reason: "Waiting for Okta." },
];

/** Values that some storage can't hold as they stand: PostgreSQL's jsonb refuses the first two. */
const AWKWARD: [string, JsonObject][] = [
  ["a NUL character", { text: "a\u0000b", "key\u0000": 1 }],
  ["half a surrogate pair", { text: "\ud800 and \udc00" }],
  ["emoji, combining marks and right-to-left text", { text: "👩‍👩‍👧 é e\u0301 שלום \u202e" }],
  ["quotes, backslashes and line ends", { text: "\"'\\ \r\n\t\u2028 \\u0000" }],
  ["numbers at the edge", { numbers: [Number.MAX_SAFE_INTEGER, 5e-324, 1.7976931348623157e308, -0.1] }],
  ["keys that look like something else", { "": 1, " ": 2, "a.b": 3, "0": 4, $ref: 5 }],
  ["deep nesting", JSON.parse(`${'{"a":['.repeat(200)}1${"]}".repeat(200)}`)],
  ["a long text", { text: "ü".repeat(300_000) }],
];

/**
 * The contract of a step store, as tests. Memory and PostgreSQL are held to the same.
 * @param makeStore called once per test
 */
export function stepStoreSuite(
  name: string,
  makeStore: () => Promise<StoreUnderTest> | StoreUnderTest,
): void {
  async function setUp() {
    const made = await makeStore();
    const { id, fence } = await made.newExecution();
    const { store } = made;
    return { ...made, id, fence, steps: () => store.steps(id), record: store.record.bind(store, id, fence) };
  }

  describe(`${name} as a step store`, () => {
    it("has no steps and no ending at first", async () => {
      const { steps, endingOf, id } = await setUp();
      expect(await steps()).toEqual([]);
      expect(await endingOf(id)).toBeUndefined();
    });

    it("gives back every field as it was", async () => {
      const { steps, record } = await setUp();
      await record({ steps: [FULL] });
      expect(await steps()).toEqual([FULL]);
    });

    it("leaves absent what is absent", async () => {
      const { steps, record } = await setUp();
      await record({ steps: [{ path: "c1", attempt: 1, status: "running", startedAt: AT }] });
      expect(await steps()).toEqual([{ path: "c1", attempt: 1, status: "running", startedAt: AT }]);
    });

    it("replaces a step of the same path and attempt as a whole", async () => {
      const { steps, record } = await setUp();
      await record({ steps: [{ ...FULL, status: "unknown" }] });
      const settled = stepOf("c1", { attempt: 3, outputs: { id: "00u1" }, settled: "person" });
      await record({ steps: [settled] });
      expect(await steps()).toEqual([settled]);
    });

    it("keeps attempts apart", async () => {
      const { steps, record } = await setUp();
      const first = stepOf("c1", { status: "failed" });
      const second = stepOf("c1", { attempt: 2 });
      await record({ steps: [first, second] });
      expect(await steps()).toEqual([first, second]);
    });

    it("keeps the order in which steps were first written", async () => {
      const { steps, record } = await setUp();
      await record({ steps: [stepOf("c9"), stepOf("c10"), stepOf("c1", { status: "running" })] });
      await record({ steps: [stepOf("c1"), stepOf("c5"), stepOf("c9", { attempt: 2 })] });
      const order = (await steps()).map((step) => `${step.path}#${step.attempt}`);
      expect(order).toEqual(["c9#1", "c10#1", "c1#1", "c5#1", "c9#2"]);
    });

    it("tells how long ago an attempt was first written, whatever its times say", async () => {
      const { store, record, id } = await setUp();
      const farOff = stepOf("c1", { status: "running", startedAt: "2031-01-01T00:00:00.000Z" });
      await record({ steps: [farOff] });
      await setTimeout(60);
      await record({ steps: [{ ...farOff, status: "unknown" }, stepOf("c1", { attempt: 2 })] });
      const [first = 0, second = 0] = await Promise.all([1, 2].map((at) => store.sinceIntent(id, "c1", at)));
      expect(first).toBeGreaterThanOrEqual(55);
      expect(first).toBeLessThan(60_000);
      expect(first - second).toBeGreaterThanOrEqual(50);
      expect(await store.sinceIntent(id, "c1", 3)).toBeUndefined();
    });

    it("takes many steps at once", async () => {
      const { steps, record } = await setUp();
      const many = Array.from({ length: 1000 }, (_, index) => stepOf(`c${index}`, { outputs: { index } }));
      await record({ steps: many });
      expect(await steps()).toEqual(many);
    });

    it("keeps executions apart", async () => {
      const { store, newExecution, steps, record, endingOf, id } = await setUp();
      const other = await newExecution();
      await record({ steps: [stepOf("c1")], ending: { status: "cancelled" } });
      await store.record(other.id, other.fence, { steps: [stepOf("c1", { status: "failed" })] });
      expect((await steps()).map((step) => step.status)).toEqual(["succeeded"]);
      expect((await store.steps(other.id)).map((step) => step.status)).toEqual(["failed"]);
      expect(await endingOf(id)).toMatchObject({ status: "cancelled" });
      expect(await endingOf(other.id)).toBeUndefined();
    });

    it.each(ENDINGS)("records steps and the ending $status together", async (ending) => {
      const { steps, record, endingOf, id } = await setUp();
      await record({ steps: [stepOf("c1")], ending });
      expect(await steps()).toEqual([stepOf("c1")]);
      expect(await endingOf(id)).toMatchObject(ending);
    });

    it("records an ending without steps", async () => {
      const { record, endingOf, id } = await setUp();
      await record({ steps: [], ending: { status: "succeeded" } });
      expect(await endingOf(id)).toMatchObject({ status: "succeeded" });
    });

    it("refuses a claim that was taken over, and writes nothing of its batch", async () => {
      const { steps, record, takeOver, endingOf, id } = await setUp();
      const running = stepOf("c1", { status: "running", finishedAt: undefined });
      await record({ steps: [running] });
      await takeOver(id);
      const late = record({ steps: [stepOf("c1"), stepOf("c2")], ending: { status: "succeeded" } });
      await expect(late).rejects.toBeInstanceOf(LostClaimError);
      expect(await steps()).toEqual([running]);
      expect(await endingOf(id)).toBeUndefined();
    });

    it("lets the new claim go on where the old one stopped", async () => {
      const { store, steps, record, takeOver, endingOf, id } = await setUp();
      await record({ steps: [stepOf("c1")], ending: { status: "waiting", until: LATER, reason: "A wait." } });
      const fence = await takeOver(id);
      await store.record(id, fence, { steps: [stepOf("c2")], ending: { status: "succeeded" } });
      expect((await steps()).map((step) => step.path)).toEqual(["c1", "c2"]);
      expect(await endingOf(id)).toMatchObject({ status: "succeeded" });
      await expect(record({ steps: [stepOf("c3")] })).rejects.toBeInstanceOf(LostClaimError);
    });

    it.each(AWKWARD)("keeps %s", async (_, value) => {
      const { steps, record } = await setUp();
      const error = { kind: "refused" as const, code: "x", message: "x", data: value };
      const exchanges = [
        { method: "POST", path: "/", requestBody: JSON.stringify(value), durationMs: 1, at: AT },
      ];
      const step = stepOf("c1", { inputs: value, outputs: value, error, exchanges });
      await record({ steps: [step] });
      expect(await steps()).toEqual([step]);
    });

    it("keeps any JSON there is", async () => {
      const { steps, record } = await setUp();
      let attempt = 0;
      await fc.assert(
        fc.asyncProperty(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), async (value) => {
          const outputs: JsonObject = JSON.parse(JSON.stringify(value));
          const step = stepOf("c1", { attempt: ++attempt, outputs });
          await record({ steps: [step] });
          expect((await steps()).at(-1)).toEqual(step);
        }),
        { numRuns: 30 },
      );
    });
  });
}
