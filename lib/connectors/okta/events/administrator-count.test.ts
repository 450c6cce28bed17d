import { beforeEach, describe, expect, it } from "vitest";
import type { FlowMemory } from "../../../cards/flow-memory.ts";
import { MemoryFlowMemory } from "../../../cards/memory-flow-memory.ts";
import type { JsonObject } from "../../../flow/json.ts";
import type { OktaClient, OktaRequest } from "../client.ts";
import { administratorCountExceedsThreshold as card } from "./administrator-count.ts";
import { sampleLogEvent } from "./sample-event.ts";

/** An org with so many super administrators and one helpdesk admin, two to a page. */
class Org {
  supers = 0;
  readonly calls: string[] = [];
  /** Called before each list is answered. */
  atList: () => Promise<void> | void = () => {};

  readonly client: OktaClient = {
    request: async ({ path, query }: OktaRequest) => {
      this.calls.push(path);
      if (path !== "/api/v1/iam/assignees/users") {
        const type = path.includes("/super") ? "SUPER_ADMIN" : "HELP_DESK_ADMIN";
        return { status: 200, headers: {}, body: [{ id: "ra1", type }] };
      }
      const all = ["helpdesk", ...Array.from({ length: this.supers }, (_, index) => `super${index}`)];
      await this.atList();
      const from = Number(query?.after ?? 0);
      const next = `https://acme.okta.com${path}?after=${from + 2}&limit=2`;
      const body: JsonObject = {
        value: all.slice(from, from + 2).map((id) => ({ id })),
        ...(all.length > from + 2 ? { _links: { next: { href: next } } } : {}),
      };
      return { status: 200, headers: {}, body };
    },
    pages: () => {
      throw new Error("This list has no Link header.");
    },
  };
}

let org: Org;
let memory: FlowMemory;
let number: number;

beforeEach(() => {
  org = new Org();
  memory = new MemoryFlowMemory();
  number = 0;
});

async function happens(
  inputs: JsonObject = {},
  uuid = `e${++number}`,
  remembered: FlowMemory | null = memory,
  more: JsonObject = {},
) {
  const event = { ...sampleLogEvent("user.account.privilege.grant"), uuid, ...more };
  const context = { event, options: {}, client: org.client, now: new Date(0) };
  const match = await card.matches?.({ ...context, memory: remembered, inputs });
  if (match === undefined || match === true) throw new Error("It says nothing of what it counted.");
  const outputs = await card.readEvent?.({
    ...context,
    wanted: () => true,
    room: 10_000_000,
    found: match.found,
  });
  return { ran: !("reason" in match), count: outputs?.administratorCount, match };
}

describe("the number of administrators", () => {
  it("runs the flow when it rises above three, and once until it has fallen back", async () => {
    const ran: boolean[] = [];
    for (const supers of [2, 3, 4, 5, 4, 3, 4]) {
      org.supers = supers;
      ran.push((await happens()).ran);
    }
    expect(ran).toEqual([false, false, true, false, false, false, true]);
  });

  it("is told with the event, and why nothing ran", async () => {
    org.supers = 1;
    expect(await happens()).toMatchObject({
      match: { reason: "there is 1 super administrator, and the flow runs when there are more than 3." },
    });
    org.supers = 3;
    expect(await happens()).toMatchObject({
      count: 3,
      match: { reason: "there are 3 super administrators, and the flow runs when there are more than 3." },
    });
    org.supers = 4;
    expect(await happens()).toMatchObject({ ran: true, count: 4 });
    expect((await happens()).match).toMatchObject({
      reason: "there were more than 3 already: 4 super administrators before, 4 now.",
    });
  });

  it("runs the flow at the first look where there are too many already", async () => {
    org.supers = 9;
    expect((await happens()).ran).toBe(true);
    expect((await happens()).ran).toBe(false);
  });

  it("is compared with another threshold, and counts any role where that is asked", async () => {
    org.supers = 2;
    expect((await happens({ alert: { moreThan: 1 } })).ran).toBe(true);
    org.calls.length = 0;
    expect(await happens({ counted: "all", alert: { moreThan: 2 } })).toMatchObject({ ran: true, count: 3 });
    expect(new Set(org.calls)).toEqual(new Set(["/api/v1/iam/assignees/users"]));
  });

  it("gives the same answer to the same event, whatever happened since", async () => {
    org.supers = 4;
    await happens({}, "again");
    org.supers = 5;
    await happens();
    expect(await happens({}, "again")).toMatchObject({ ran: true, count: 4 });
  });

  it("runs the flow once where several events are counted at the same moment", async () => {
    org.supers = 3;
    await happens();
    org.supers = 4;
    const all = await Promise.all([happens(), happens(), happens(), happens()]);
    expect(all.filter(({ ran }) => ran)).toHaveLength(1);
  });

  it("is not set back by an answer that was overtaken", async () => {
    org.supers = 3;
    await happens();
    const { promise: newer, resolve } = Promise.withResolvers<void>();
    // Its list is made now, while there are three, and comes when the fourth was counted already.
    org.atList = () => {
      org.atList = () => {};
      return newer;
    };
    const slow = happens();
    org.supers = 4;
    expect((await happens()).ran).toBe(true);
    resolve();
    expect((await slow).ran).toBe(false);
    expect((await happens()).ran).toBe(false);
  });

  it("has to rise as often as asked, within the window and for the same actor", async () => {
    const rise = async (hour: number, actor = "00uADA", inputs: JsonObject = {}) => {
      org.supers = 3;
      await happens(inputs);
      org.supers = 4;
      return happens(inputs, undefined, memory, {
        published: new Date(hour * 3_600_000).toISOString(),
        actor: { id: actor, displayName: actor },
      });
    };
    const twice = { alert: { moreTimes: 1, withinMinutes: 90, per: "actor" } };
    const first = await rise(1, "00uADA", twice);
    expect(first).toMatchObject({
      ran: false,
      count: 4,
      match: {
        reason: "this is event 1 of 00uADA within 90 minutes, and the flow runs when there are more than 1.",
      },
    });
    expect((await rise(2, "00uBOB", twice)).ran).toBe(false);
    expect((await rise(2, "00uADA", twice)).ran).toBe(true);
    expect((await rise(9, "00uADA", twice)).ran).toBe(false);
  });

  it("counts for the conditions what they leave out", async () => {
    const inputs = { conditions: { doneBy: ["00uADA"] } };
    const by = (id: string) => ({ actor: { id, displayName: id } });
    org.supers = 3;
    await happens(inputs, undefined, memory, by("00uADA"));
    org.supers = 4;
    expect(await happens(inputs, undefined, memory, by("00uBOB"))).toMatchObject({
      ran: false,
      count: 4,
      match: { reason: "it was done by 00uBOB, and the flow is for what 00uADA does." },
    });
    org.supers = 5;
    expect((await happens(inputs, undefined, memory, by("00uADA"))).match).toMatchObject({
      reason: "there were more than 3 already: 4 super administrators before, 5 now.",
    });
  });

  it("is counted but not remembered by a test, which runs whatever it is", async () => {
    org.supers = 1;
    expect(await happens({}, "test", null)).toMatchObject({ ran: true, count: 1 });
    expect(await memory.mark("administrators:super")).toBeUndefined();
  });
});

it("listens to every change of admin roles", () => {
  expect(card.listensTo?.({})).toEqual([
    "user.account.privilege.grant",
    "user.account.privilege.revoke",
    "group.privilege.grant",
    "group.privilege.revoke",
  ]);
  expect(card.description.scopes).toContain("okta.roles.read");
  expect(Object.keys(card.description.inputs)).toEqual(["counted", "conditions", "alert"]);
  expect(Object.keys(card.description.inputs.alert?.fields ?? {})).toEqual([
    "severity",
    "moreThan",
    "moreTimes",
    "withinMinutes",
    "per",
  ]);
  expect(card.description.sample.outputs).toMatchObject({ administratorCount: 4, threshold: 3 });
});
