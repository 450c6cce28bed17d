import { beforeEach, describe, expect, it } from "vitest";
import type { FlowMemory } from "../../../cards/flow-memory.ts";
import { MemoryFlowMemory } from "../../../cards/memory-flow-memory.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { type Answer, fakeOktaClient, notFound } from "../test-okta-client.ts";
import { privilegeEvents } from "./privilege-events.ts";
import { sampleLogEvent } from "./sample-event.ts";

const START = Date.parse("2026-11-20T09:00:00.000Z");
const HOUR = 3_600_000;

let memory: FlowMemory;
let events: number;
let asked: string[];

beforeEach(() => {
  memory = new MemoryFlowMemory();
  events = 0;
  asked = [];
});

interface Told {
  /** Hours since the beginning; the order they are told in unless said otherwise. */
  at?: number;
  uuid?: string;
  user?: string;
  revoked?: string;
  answer?: Answer;
  remembered?: FlowMemory | null;
}

/** Has a card look at an event: "grant" with these roles, or "revoke" for none. */
async function tell(change: "Added" | "Removed", roles: string, told: Told = {}) {
  const number = ++events;
  const { at = number, uuid = `e${number}`, user = "00uANN", revoked, answer, remembered } = told;
  const card = privilegeEvents.find(
    ({ description }) => description.id === `okta.users.administrator${change}`,
  );
  if (!card?.matches) throw new Error("The card has no conditions.");
  const { client, requests } = fakeOktaClient(...(answer ? [answer] : []));
  const event: JsonObject = {
    ...sampleLogEvent(`user.account.privilege.${roles ? "grant" : "revoke"}`),
    uuid,
    published: new Date(START + at * HOUR).toISOString(),
    target: [{ id: user, type: "User", displayName: "Ann Lee", alternateId: "ann@acme.example" }],
    debugContext: {
      debugData: {
        ...(roles ? { privilegeGranted: roles } : {}),
        ...(revoked ? { privilegeRevoked: revoked } : {}),
      },
    },
  };
  const context = { event, inputs: {}, options: {}, client, now: new Date(START) };
  const match = await card.matches({ ...context, memory: remembered === undefined ? memory : remembered });
  asked.push(...requests.map(({ path }) => path));
  return match;
}

const A = "Super administrator";
const B = "Read-only administrator";
const AB = `${A}, ${B}`;

const HISTORY: [roles: string, told?: Told][] = [
  [A],
  [AB],
  [B, { revoked: A }],
  ["", { revoked: B }],
  [AB],
  ["", { revoked: AB }],
];

async function runs(change: "Added" | "Removed", history: [roles: string, told?: Told][]) {
  const ran: boolean[] = [];
  for (const [roles, told] of history) ran.push((await tell(change, roles, told)) === true);
  return ran;
}

describe("a user's way to administrator and back", () => {
  it("is one Administrator Added each time, whatever roles come and go in between", async () => {
    expect(await runs("Added", HISTORY)).toEqual([true, false, false, false, true, false]);
    expect(asked).toEqual([]);
  });

  it("is one Administrator Removed each time, when the last role goes", async () => {
    expect(await runs("Removed", HISTORY)).toEqual([false, false, false, true, false, true]);
    expect(asked).toEqual([]);
  });

  it("is each user's own", async () => {
    const history: [string, Told][] = [
      [A, { user: "00uANN" }],
      [A, { user: "00uBEN" }],
      [AB, { user: "00uANN" }],
      ["", { user: "00uBEN" }],
      [B, { user: "00uBEN" }],
    ];
    expect(await runs("Added", history)).toEqual([true, true, false, false, true]);
  });

  it("says why the flow did not run", async () => {
    await tell("Added", A);
    expect(await tell("Added", AB)).toEqual({
      reason:
        "Ann Lee (ann@acme.example) was an administrator already, and the flow runs when somebody becomes one.",
    });
    expect(await tell("Removed", AB)).toEqual({
      reason: "Ann Lee (ann@acme.example) still has admin roles, and the flow runs when none is left.",
    });
    await tell("Removed", "");
    expect(await tell("Removed", "")).toEqual({
      reason:
        "Ann Lee (ann@acme.example) was no administrator any more, and the flow runs when somebody ceases to be one.",
    });
  });
});

describe("the first event about a user", () => {
  it("is no new administrator where a role was lost", async () => {
    expect(await runs("Added", [[B, { revoked: A }]])).toEqual([false]);
  });

  it("has several roles: how old they are tells whether the user had some before", async () => {
    const roles = (...created: number[]) => ({
      body: created.map((hours, index) => ({
        id: `ra${index}`,
        created: new Date(START + hours * HOUR).toISOString(),
      })),
    });
    expect(await runs("Added", [[AB, { user: "00uOLD", at: 5, answer: roles(2, 5) }]])).toEqual([false]);
    expect(await runs("Added", [[AB, { user: "00uNEW", at: 5, answer: roles(5, 5) }]])).toEqual([true]);
    expect(await runs("Added", [[AB, { user: "00uGONE", at: 5, answer: notFound() }]])).toEqual([true]);
    expect(asked).toEqual(["00uOLD", "00uNEW", "00uGONE"].map((user) => `/api/v1/users/${user}/roles`));
  });

  it("is the end of an administrator where no role is left", async () => {
    expect(await runs("Removed", [[""]])).toEqual([true]);
  });
});

describe("events that come twice, late or at once", () => {
  it("get the answer they got, after a restart and whatever happened since", async () => {
    await tell("Added", A, { uuid: "first", at: 1 });
    await tell("Added", "", { at: 2 });
    expect(await tell("Added", A, { uuid: "first", at: 1 })).toBe(true);
    expect(await tell("Added", AB, { uuid: "second", at: 3, answer: { body: [] } })).toBe(true);
  });

  it("are compared with what happened before them, not with what arrived before them", async () => {
    expect(await runs("Added", [[A, { at: 1 }]])).toEqual([true]);
    // The loss at 2 comes after the second role at 4: the new beginning at 3 is one all the same.
    expect(
      await runs("Added", [
        [AB, { at: 4 }],
        ["", { at: 2 }],
        [A, { at: 3 }],
      ]),
    ).toEqual([false, false, true]);
  });

  it("run the flow once where the later of two grants comes first", async () => {
    const fresh = { body: [{ id: "ra1", created: new Date(START + 2 * HOUR).toISOString() }] };
    expect(
      await runs("Added", [
        [AB, { at: 2, answer: fresh }],
        [A, { at: 1.999 }],
      ]),
    ).toEqual([true, false]);
  });

  it("run the flow once where several workers look at them at the same moment", async () => {
    const all = await Promise.all(
      [A, AB, AB, A].map((roles) => tell("Added", roles, { answer: { body: [] } })),
    );
    expect(all.filter((match) => match === true)).toHaveLength(1);
    const gone = await Promise.all(["", "", ""].map((roles) => tell("Added", roles)));
    expect(gone.filter((match) => match === true)).toHaveLength(0);
    expect(await tell("Added", A)).toBe(true);
  });
});

it("runs in a test whatever was before, and remembers nothing", async () => {
  expect(await tell("Added", AB, { remembered: null })).toBe(true);
  expect(await tell("Removed", "", { remembered: null })).toBe(true);
  expect(await memory.mark("administrator:00uANN")).toBeUndefined();
});

it("hears of the other way too, without which it could not tell a second time", () => {
  const listening = Object.fromEntries(
    privilegeEvents.map(({ description, listensTo }) => [description.title, listensTo?.({})]),
  );
  const [grant, revoke] = ["user.account.privilege.grant", "user.account.privilege.revoke"];
  expect(listening["Administrator Added"]).toEqual([grant, revoke]);
  expect(listening["Administrator Removed"]).toEqual([revoke, grant]);
  expect(listening["User Privilege Granted"]).toEqual([grant]);
});
