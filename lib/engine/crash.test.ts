import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CardError } from "../cards/errors.ts";
import type { CardNode } from "../flow/document.ts";
import type { Value } from "../flow/value.ts";
import type { Ending, Step } from "./execution.ts";
import type { FlowPlan } from "./plan.ts";
import { settleByPerson } from "./retry.ts";
import { card, type Fault, flow, literal, ref, World } from "./test-support.ts";

const KINDS = [
  "join",
  "read",
  "safe",
  "check",
  "ask",
  "ifTrue",
  "ifFalse",
  "continue",
  "stop",
  "return",
] as const;
type Kind = (typeof KINDS)[number];
const FAULTS = ["unsent", "lost", "unanswered", "limited"] as const;

interface Drawn {
  kind: Kind;
  /** Which earlier cards lead here, as fractions of the cards there are, and by which way out of a branch. */
  from: { card: number; exit: boolean }[];
  faults: (typeof FAULTS)[number][];
  findFaults: (typeof FAULTS)[number][];
}

const drawnCard: fc.Arbitrary<Drawn> = fc.record({
  kind: fc.constantFrom(...KINDS.slice(0, 8), ...KINDS),
  from: fc.array(fc.record({ card: fc.double({ min: 0, max: 0.999, noNaN: true }), exit: fc.boolean() }), {
    maxLength: 3,
  }),
  // Three are as many as a card's retries; with four it would rightly fail.
  faults: fc.array(fc.constantFrom(...FAULTS), { maxLength: 3 }),
  findFaults: fc.array(fc.constantFrom("unsent", "limited"), { maxLength: 2 }),
});
const drawnFlow = fc.array(drawnCard, { minLength: 1, maxLength: 9 });

function nodeOf(kind: Kind, id: string, value: Value): CardNode {
  switch (kind) {
    case "join":
      return card("join", { parts: value });
    case "ifTrue":
    case "ifFalse":
      return card("if", { is: literal(kind === "ifTrue") });
    case "continue":
    case "stop":
      return card("continue", { is: literal(kind === "continue") });
    case "return":
      return card("return", { value });
    default:
      return card(kind, { key: literal(id), value });
  }
}

function planOf(drawn: Drawn[]): FlowPlan {
  const cards: Record<string, CardNode> = { c0: card("event") };
  const lines: string[] = [];
  drawn.forEach(({ kind, from }, index) => {
    const id = `c${index + 1}`;
    const sources = from.map(({ card: at, exit }) => ({ at: Math.floor(at * (index + 1)), exit }));
    cards[id] = nodeOf(kind, id, { list: sources.map(({ at }) => ref(`c${at}`, "value")) });
    for (const { at, exit } of sources) {
      const source = at === 0 ? "read" : drawn[at - 1]?.kind;
      if (source === "return") continue;
      const out = source === "ifTrue" || source === "ifFalse" ? String(exit) : "next";
      const line = `c${at}.${out} > ${id}`;
      if (!lines.includes(line)) lines.push(line);
    }
  });
  return flow(cards, ...lines);
}

function faultOf(name: (typeof FAULTS)[number]): Fault {
  if (name === "limited") return { before: new CardError("Too many.", { kind: "rateLimited", code: "429" }) };
  const error = new CardError("No answer.", { kind: "unavailable", code: "503", sent: name !== "unsent" });
  return name === "unanswered" ? { after: error } : { before: error };
}

/** A world that checks, before every write, that its intent is durable. */
function strictWorld(tells: boolean): World {
  const world = new World();
  world.tells = tells;
  world.at = (point) => checkIntent(world, point);
  return world;
}

async function checkIntent(world: World, point: string): Promise<void> {
  const [when, kind, path] = point.split(" ");
  if (when !== "before" || kind !== "write") return;
  const step = (await world.steps()).findLast((each) => each.path === path);
  if (step?.status !== "running") throw new Error(`${path} is written while it is ${step?.status}.`);
}

/**
 * One life of a worker: it dies at its nth call or record (before or after), leaving everything as it is. Nothing of it
 * is ever heard again, as after kill -9.
 */
async function liveUntil(world: World, plan: FlowPlan, death: number): Promise<Ending | "died"> {
  let points = 0;
  let die = () => {};
  const died = new Promise<"died">((resolve) => {
    die = () => resolve("died");
  });
  world.at = async (point) => {
    await checkIntent(world, point);
    if (++points < death) return;
    die();
    await new Promise(() => {});
  };
  return Promise.race([world.runToEnd(plan), died]);
}

/** Plays the person who looks into the system and says what became of a write. */
async function settleAll(world: World): Promise<void> {
  const unknown = (await world.steps()).filter(({ status }) => status === "unknown");
  for (const step of unknown) {
    const outputs = world.written.get(step.path);
    const finding = outputs ? { tookEffect: true as const, outputs } : { tookEffect: false as const };
    world.store.claim("e1", 1_000_000);
    await world.store.record("e1", 1_000_000, { steps: [settleByPerson(step, finding, "next")] });
  }
}

/** Claims and runs until there is nothing left to do. What has ended is not claimed again. */
async function finish(world: World, plan: FlowPlan): Promise<Ending> {
  const ended = world.store.endings.get("e1");
  if (ended?.status === "succeeded") return ended;
  for (let round = 0; round < 50; round++) {
    const ending = await world.runToEnd(plan);
    if (ending.status !== "attention") return ending;
    await settleAll(world);
  }
  throw new Error("It keeps asking.");
}

/** The last attempt at each card without what differs between runs: times, attempts, exchanges, notes on settling. */
async function essence(world: World): Promise<Record<string, Partial<Step>>> {
  const last = new Map((await world.steps()).map((step) => [step.path, step]));
  return Object.fromEntries(
    [...last.values()]
      .map(({ path, status, exit, outputs, because }) => [path, { status, exit, outputs, because }] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** What should come out, worked out from the drawing alone; and how many statements it should take. */
function expected(plan: FlowPlan, drawn: Drawn[]): { statuses: Record<string, string>; records: number } {
  const statuses: Record<string, string> = {};
  let ended = false;
  let records = 1;
  let unsafeBuffered = false;
  for (const { id } of plan.order) {
    const kind = id === "c0" ? "event" : (drawn[Number(id.slice(1)) - 1]?.kind ?? "join");
    const isReached = plan.order.some(({ id: from, outgoing }) => {
      const source = from === "c0" ? undefined : drawn[Number(from.slice(1)) - 1]?.kind;
      const taken = source === "ifTrue" ? "true" : source === "ifFalse" ? "false" : "next";
      return statuses[from] === "succeeded" && outgoing.some(({ to, out }) => to === id && out === taken);
    });
    statuses[id] = !ended && (isReached || id === "c0") ? "succeeded" : "skipped";
    if (statuses[id] === "skipped") continue;
    if (kind === "stop" || kind === "return") ended = true;
    const writes = kind === "safe" || kind === "check" || kind === "ask";
    if (writes || (kind === "read" && unsafeBuffered)) {
      records++;
      unsafeBuffered = kind === "check" || kind === "ask";
    }
  }
  return { statuses, records };
}

const writesOf = (plan: FlowPlan, repeats: string[]) =>
  plan.order.filter(({ repeat }) => repeat !== undefined && repeats.includes(repeat)).map(({ id }) => id);

describe.each([false, true])("any flow, where clients tell before they call (%s)", (tells) => {
  it("comes out as its drawing says, in no more statements than honesty needs", async () => {
    await fc.assert(
      fc.asyncProperty(drawnFlow, async (drawn) => {
        const world = strictWorld(tells);
        const plan = planOf(drawn);
        const { statuses, records } = expected(plan, drawn);
        expect(await world.run(plan)).toMatchObject({ status: "succeeded" });
        const outcome = Object.entries(await essence(world)).map(([path, { status }]) => [path, status]);
        expect(Object.fromEntries(outcome)).toEqual(statuses);
        expect(world.batches).toHaveLength(records);
        for (const { steps } of world.batches) {
          const running = steps.filter(({ status }) => status === "running");
          expect(running).toEqual(running.length === 0 ? [] : [steps.at(-1)]);
        }
        expect(world.batches.map(({ ending }) => ending !== undefined)).toEqual([
          ...new Array<boolean>(records - 1).fill(false),
          true,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it("comes out the same wherever workers die and whatever calls fail, and no write is doubled that must not be", async () => {
    const deaths = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(drawnFlow, deaths, fc.boolean(), async (drawn, lives, faulty) => {
        const plan = planOf(drawn);
        const calm = strictWorld(tells);
        const calmEnding = await calm.run(plan);
        const world = strictWorld(tells);
        if (faulty) {
          drawn.forEach(({ faults, findFaults }, index) => {
            const id = `c${index + 1}`;
            world.fail(`read ${id}`, ...faults.map(faultOf));
            world.fail(`write ${id}`, ...faults.map(faultOf));
            world.fail(`find ${id}`, ...findFaults.map(faultOf));
          });
        }
        for (const death of lives) {
          if (world.store.endings.get("e1")?.status === "succeeded") break;
          await liveUntil(world, plan, death);
        }
        world.at = (point) => checkIntent(world, point);
        expect(await finish(world, plan)).toEqual(calmEnding);
        expect(await essence(world)).toEqual(await essence(calm));
        for (const id of writesOf(plan, ["check", "ask"]))
          expect([id, world.writes(id)]).toEqual([id, calm.writes(id)]);
        for (const id of writesOf(plan, ["safe"])) {
          expect(world.writes(id) > 0).toBe(calm.writes(id) > 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("survives a death at each single point of one flow with every kind of write", async () => {
    const kinds: Kind[] = ["read", "safe", "ifTrue", "check", "ask", "read", "safe", "join"];
    const drawn = kinds.map((kind, index) => ({
      kind,
      from: [{ card: index / (index + 1), exit: true }],
      faults: [],
      findFaults: [],
    }));
    const plan = planOf(drawn);
    const calm = strictWorld(tells);
    let points = 0;
    calm.at = () => {
      points++;
    };
    await calm.run(plan);
    expect(points).toBeGreaterThan(20);
    for (let death = 1; death <= points; death++) {
      const world = strictWorld(tells);
      expect(await liveUntil(world, plan, death)).toBe("died");
      world.at = (point) => checkIntent(world, point);
      expect(await finish(world, plan)).toEqual({ status: "succeeded" });
      expect([death, await essence(world)]).toEqual([death, await essence(calm)]);
      expect([death, world.writes("c4"), world.writes("c5")]).toEqual([death, 1, 1]);
    }
  });
});
