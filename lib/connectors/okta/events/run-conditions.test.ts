import { describe, expect, it } from "vitest";
import { convertFields } from "../../../cards/convert.ts";
import { MemoryFlowMemory } from "../../../cards/memory-flow-memory.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { type Answer, fakeOktaClient, notFound } from "../test-okta-client.ts";
import { attributeTest, meetsTest } from "./compare-attribute.ts";
import { oktaEvents } from "./okta-events.ts";
import { sampleLogEvent } from "./sample-event.ts";

const ADDED = "okta.groups.userAdded";
const added = sampleLogEvent("group.user_membership.add");
const targets = Array.isArray(added.target) ? added.target.filter(isJsonObject) : [];
const user = targets.find(({ type }) => type === "User") ?? {};
const group = targets.find(({ type }) => type === "UserGroup") ?? {};
const admin = isJsonObject(added.actor) ? added.actor : {};

async function check(conditions: JsonObject, answers: Answer[] = [], event = added, id = ADDED) {
  const { client, requests } = fakeOktaClient(...answers);
  const card = oktaEvents.find(({ description }) => description.id === id);
  const context = { event, options: {}, client, memory: new MemoryFlowMemory(), now: new Date(0) };
  const match = await card?.matches?.({ ...context, inputs: { conditions } });
  return { match, calls: requests.map(({ path }) => path) };
}

const reasonOf = async (...given: Parameters<typeof check>) => {
  const { match } = await check(...given);
  return match !== undefined && match !== true && "reason" in match ? match.reason : match;
};

const profile = (more: JsonObject): Answer => ({ body: { id: user.id ?? "", profile: more } });
const groups = (...names: string[]): Answer => ({
  body: names.map((name) => ({ id: `id of ${name}`, profile: { name } })),
});
const userPath = `/api/v1/users/${user.id}`;

describe("conditions on what stands in the event", () => {
  it("ask Okta nothing", async () => {
    const met = { groups: [String(group.id)], doneBy: [String(admin.alternateId).toUpperCase()] };
    expect(await check(met)).toEqual({ match: true, calls: [] });
    expect(await check({})).toEqual({ match: true, calls: [] });
    expect(await check({ groups: [" ", ""], departments: [""] })).toEqual({ match: true, calls: [] });
  });

  it("keep the flow to chosen groups, by id or name", async () => {
    expect(await reasonOf({ groups: ["Other", String(group.displayName)] })).toBe(true);
    expect(await reasonOf({ groups: ["Legal", "00gOther"] })).toBe(
      `the group is ${group.displayName} (${group.id}), and the flow is for Legal or 00gOther.`,
    );
    expect(await reasonOf({ groups: ["Legal"] }, [], { ...added, target: null })).toBe(
      "the event names no group.",
    );
  });

  it("keep the flow to what somebody does, or leave somebody out", async () => {
    expect(await reasonOf({ doneBy: ["joe@example.com"] })).toMatch(
      /^it was done by .+, and the flow is for what joe@example.com does\.$/,
    );
    expect(await reasonOf({ notDoneBy: [String(admin.id)] })).toMatch(/, whom the flow leaves out\.$/);
    expect(await reasonOf({ notDoneBy: ["joe@example.com"] })).toBe(true);
  });

  it("are checked before anything is looked up", async () => {
    const { match, calls } = await check({ doneBy: ["joe"], departments: ["Sales"] });
    expect(match).toMatchObject({ reason: expect.stringContaining("joe") });
    expect(calls).toEqual([]);
  });
});

describe("conditions on the user", () => {
  it("read the profile once for department and attribute", async () => {
    const given = { departments: ["Support", "sales"], attribute: "userType", attributeValue: "contractor" };
    const answer = profile({ department: "Sales", userType: "Contractor" });
    expect(await check(given, [answer])).toEqual({ match: true, calls: [userPath] });
  });

  it("say what the user's department or attribute is instead", async () => {
    const answer = profile({ department: "Sales", level: 3, tags: ["a", "b"] });
    expect(await reasonOf({ departments: ["Legal"] }, [answer])).toBe(
      `the department of ${user.displayName} (${user.alternateId}) is “Sales”, and the flow is for Legal.`,
    );
    expect(await reasonOf({ departments: ["Legal"] }, [profile({})])).toContain("is empty, and");
    const level = { attribute: "level", attributeTest: "isNot", attributeValue: "3" };
    expect(await reasonOf(level, [answer])).toContain("“level” of");
    expect(await reasonOf({ attribute: "nickName", attributeTest: "isNotEmpty" }, [answer])).toContain(
      "is empty, and the flow is for users where it is not empty.",
    );
    expect(await reasonOf({ attribute: "tags", attributeValue: "b" }, [answer])).toBe(true);
  });

  it("look the user's groups up once, by id or name", async () => {
    const given = { memberOf: ["Sales", "Legal"], notMemberOf: ["id of Contractors"] };
    expect(await check(given, [groups("Everyone", "sales")])).toEqual({
      match: true,
      calls: [`${userPath}/groups`],
    });
    expect(await reasonOf(given, [groups("Everyone")])).toContain("is not a member of Sales or Legal.");
    expect(await reasonOf(given, [groups("Sales", "Contractors")])).toContain(
      "is a member of id of Contractors, which the flow leaves out.",
    );
  });

  it("finds a group on a later page", async () => {
    expect(await reasonOf({ memberOf: ["Sales"] }, [groups("A"), groups("Sales")])).toBe(true);
  });

  it("say that the user is gone, or that there is none", async () => {
    expect(await reasonOf({ departments: ["Sales"] }, [notFound()])).toContain("is gone from Okta");
    expect(await reasonOf({ memberOf: ["Sales"] }, [notFound()])).toContain("is gone from Okta");
    expect(await reasonOf({ memberOf: ["Sales"] }, [], { ...added, target: null })).toBe(
      "the event names no user.",
    );
  });

  it("fail where a comparison has nothing to compare with, and where Okta can't be asked", async () => {
    await expect(check({ attribute: "userType" })).rejects.toMatchObject({ details: { kind: "input" } });
    const busy = notFound();
    busy.details.status = 503;
    await expect(check({ departments: ["Sales"] }, [busy])).rejects.toBe(busy);
  });

  it("are about who signs in where the event names no other user", async () => {
    const event = { ...sampleLogEvent("user.session.start"), target: null };
    const id = "okta.users.signInAttempted";
    const { calls } = await check({ departments: ["Sales"] }, [profile({})], event, id);
    expect(calls).toEqual([expect.stringMatching(/^\/api\/v1\/users\/00u/)]);
  });
});

const COMPARISONS: [actual: Json | undefined, test: string, wanted: string, expected: boolean][] = [
  ["Sales EMEA", "contains", "emea", true],
  ["Sales EMEA", "startsWith", "sales", true],
  ["Sales EMEA", "doesNotContain", "apac", true],
  [["ab", "c"], "contains", "a", false],
  [["ab", "c"], "is", "C", true],
  [true, "is", "TRUE", true],
  [0, "isEmpty", "", false],
  [[], "isEmpty", "", true],
  [null, "isNot", "x", true],
  [undefined, "contains", "x", false],
];
it.each(COMPARISONS)("%j %s %j: %s", (actual, test, wanted, expected) => {
  expect(meetsTest(actual, attributeTest(test).value, wanted)).toBe(expected);
});

describe("conditions on the user of an access request", () => {
  const REQUESTED = "okta.governance.requestCreated";
  const request = sampleLogEvent("access.request.create");
  const forWhom = SAMPLE_USER_ID;

  it.each([REQUESTED, "okta.governance.requestResolved"])(
    "are about whom the access is for (%s)",
    async (id) => {
      const given = { departments: ["Sales"], memberOf: ["Interns"] };
      const answers = [profile({ department: "Sales" }), groups("Interns")];
      expect(await check(given, answers, request, id)).toEqual({
        match: true,
        calls: [`/api/v1/users/${forWhom}`, `/api/v1/users/${forWhom}/groups`],
      });
      expect(await reasonOf(given, [profile({ department: "Legal" })], request, id)).toBe(
        `the department of ${forWhom} is “Legal”, and the flow is for Sales.`,
      );
    },
  );

  it("say that there is none where the request names nobody", async () => {
    const bare = { ...request, debugContext: { debugData: {} } };
    expect(await reasonOf({ departments: ["Sales"] }, [], bare, REQUESTED)).toBe("the event names no user.");
  });
});

describe("a user who was deleted", () => {
  const description = oktaEvents.find((card) => card.description.id === "okta.users.deleted")?.description;

  it("can be no condition: only who did it can", () => {
    expect(Object.keys(description?.inputs.conditions?.fields ?? {})).toEqual(["doneBy", "notDoneBy"]);
    expect(description?.scopes).toEqual(["okta.eventHooks.manage"]);
    expect(description?.lookUps ?? []).toEqual([]);
  });

  it("is still who events are counted by", () => {
    const choices = description?.inputs.alert?.fields?.per?.choices ?? [];
    expect(choices.map(({ value }) => value)).toContain("user");
  });

  it("never loses a condition of an older flow in silence: the flow would run for everybody", () => {
    const converted = convertFields({ conditions: { departments: ["Sales"] } }, description?.inputs ?? {});
    expect(converted).toMatchObject({
      ok: false,
      problems: [{ code: "unknown-field", path: ["conditions", "departments"] }],
    });
  });
});
