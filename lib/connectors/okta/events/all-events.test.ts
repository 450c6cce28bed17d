import { describe, expect, it } from "vitest";
import type { Card } from "../../../cards/define.ts";
import { isJsonObject, type JsonObject } from "../../../flow/json.ts";
import { type Answer, fakeOktaClient, notFound } from "../test-okta-client.ts";
import { oktaEvents } from "./okta-events.ts";
import { sampleLogEvent } from "./sample-event.ts";
import { EXPECTED_EVENTS } from "./test-expected-events.ts";

function cardOf(id: string): Card {
  const card = oktaEvents.find(({ description }) => description.id === id);
  if (!card) throw new Error(`There is no card ${id}.`);
  return card;
}

async function read(id: string, event: JsonObject): Promise<JsonObject> {
  const { client } = fakeOktaClient();
  const context = { event, options: {}, client, wanted: () => false, room: 10_000_000, now: new Date(0) };
  return (await cardOf(id).readEvent?.(context)) ?? {};
}

/** The sample of a card with other targets. */
const about = (id: string, ...target: JsonObject[]): JsonObject => ({
  ...cardOf(id).sampleEvent?.({}),
  target,
});

const HEAD = ["Date and Time", "Message", "Event ID", "Event Type", "Event Time", "Version"];
const TAIL = ["UUID", "Source", "Headers", "Debug Data", "Full Details"];

it("has a card for every event of the table, and none beside those without a type of their own", () => {
  const ids = oktaEvents.map(({ description }) => description.id);
  const others = ["okta.events.custom", "okta.users.administratorCountExceeded"];
  expect(ids.toSorted()).toEqual([...EXPECTED_EVENTS.map(([id]) => id), ...others].toSorted());
  expect(new Set(oktaEvents.map(({ description }) => description.title)).size).toBe(77);
});

/** What two cards hear of beside what starts them: without it they could not tell a change from its repetition. */
const ALSO_HEARD: Record<string, string[]> = {
  "okta.users.administratorAdded": ["user.account.privilege.revoke"],
  "okta.users.administratorRemoved": ["user.account.privilege.grant"],
};

describe.each(EXPECTED_EVENTS)("%s", (id, title, eventType, expected) => {
  const { description, listensTo, sampleEvent } = cardOf(id);
  const outputs = expected.split(", ").map((output) => output.split("="));

  it("is known by its name and starts on its event type", () => {
    expect(description.title).toBe(title);
    const eventTypes = [eventType, ...(ALSO_HEARD[id] ?? [])];
    expect(listensTo?.({})).toEqual(eventTypes);
    expect(description.eventTypes).toEqual(eventTypes);
    expect(description.scopes).toContain("okta.eventHooks.manage");
    expect(sampleEvent?.({}).eventType).toBe(eventType);
  });

  it("has its outputs, in their order", () => {
    const labels = Object.values(description.outputs).map(({ label }) => label);
    expect(labels).toEqual([...HEAD, ...outputs.map(([label]) => label), ...TAIL]);
  });

  it("reads from its sample who and what it is about", async () => {
    const found = await read(id, sampleEvent?.({}) ?? {});
    for (const [label, type] of outputs) {
      if (!type) continue;
      const key = Object.keys(description.outputs).find((one) => description.outputs[one]?.label === label);
      expect(found[key ?? ""], label).toMatchObject({ type, id: expect.stringMatching(/./) });
    }
  });

  it("reads an event without anything in it", async () => {
    const found = await read(id, { uuid: "u1", eventType, target: null, actor: null });
    expect(found.uuid).toBe("u1");
    const keys = Object.keys(description.outputs).filter((key) => key !== "suspiciousActivityDetails");
    const given = keys.filter((key) => found[key] !== null);
    expect(given).toEqual(["eventType", "uuid", "fullDetails"]);
  });

  it("offers conditions on what it is about, and alert settings below all other fields", () => {
    const { inputs } = description;
    expect(Object.keys(inputs).slice(-2)).toEqual(["conditions", "alert"]);
    const conditions = Object.keys(inputs.conditions?.fields ?? {});
    const labels = outputs.map(([label]) => label);
    expect(conditions.includes("groups")).toBe(labels.includes("Group") && !id.startsWith("okta.imports."));
    const ofRequest = id.startsWith("okta.governance.request");
    const aboutUser = labels.includes("Okta User") || description.category === "Sign-in" || ofRequest;
    // Nobody can be asked about a user who is gone.
    const asked = aboutUser && id !== "okta.users.deleted";
    expect(conditions.includes("departments")).toBe(asked);
    expect(conditions).toEqual(expect.arrayContaining(["doneBy", "notDoneBy"]));
    expect(Object.keys(inputs.alert?.fields ?? {})).toEqual(["severity", "moreThan", "withinMinutes", "per"]);
    const per = inputs.alert?.fields?.per?.choices?.map(({ value }) => value);
    expect(per?.includes("user")).toBe(aboutUser);
    // Okta is asked about the user only by these; a scope nothing uses is one more to grant.
    expect(description.scopes.includes("okta.users.read")).toBe(asked);
  });
});

describe("a target whose type Okta nowhere names", () => {
  const user = { id: "00u1", type: "User" };

  it("is found under another name, beside those it comes with", async () => {
    const mobile = { id: "dev1", type: "MobileDevice" };
    expect(await read("okta.devices.enrolled", about("okta.devices.enrolled", user, mobile))).toMatchObject({
      device: mobile,
      user,
    });
    const mapping = { id: "map1", type: "Mapping" };
    const app = { id: "0oa1", type: "AppInstance" };
    const group = { id: "00g1", type: "UserGroup" };
    expect(
      await read("okta.groups.pushFailed", about("okta.groups.pushFailed", app, group, mapping)),
    ).toMatchObject({ application: app, group, groupPushMapping: mapping });
  });

  it("is nobody's companion", async () => {
    expect(await read("okta.devices.suspended", about("okta.devices.suspended", user))).toMatchObject({
      device: null,
    });
  });

  it("is an ordinary group where the import calls it that", async () => {
    const group = { id: "00g1", type: "UserGroup" };
    const app = { id: "0oa1", type: "AppInstance" };
    expect(
      await read("okta.imports.groupCreated", about("okta.imports.groupCreated", app, group)),
    ).toMatchObject({ application: app, group });
  });
});

describe("what stands beside the targets", () => {
  it("tells a failed sign-in from a successful one", async () => {
    const failed = { result: "FAILURE", reason: "INVALID_CREDENTIALS" };
    const event = { ...sampleLogEvent("user.session.start"), outcome: failed, target: null };
    expect(await read("okta.users.signInAttempted", event)).toMatchObject(failed);
    expect(await read("okta.users.signInAttempted", { ...event, outcome: null })).toMatchObject({
      result: null,
      reason: null,
    });
  });

  it("names the roles an admin has now", async () => {
    const added = await read("okta.users.administratorAdded", sampleLogEvent("user.account.privilege.grant"));
    expect(added).toMatchObject({
      privilegeGranted: "Read-only administrator",
      user: { displayName: "Ann Lee" },
    });
  });

  it("says what kind of policy it is", async () => {
    expect(await read("okta.policies.ruleUpdated", sampleLogEvent("policy.rule.update"))).toMatchObject({
      policy: { policyType: "Password" },
      policyRule: { displayName: "Default rule" },
    });
    const bare = { id: "00p1", type: "PolicyEntity", detailEntry: null };
    const { policy } = await read("okta.policies.updated", about("okta.policies.updated", bare));
    expect(policy).toEqual({ id: "00p1", type: "PolicyEntity" });
  });

  it("decodes a report of suspicious activity", async () => {
    const type = "user.account.report_suspicious_activity_by_enduser";
    const id = "okta.users.suspiciousActivityReported";
    const event = sampleLogEvent(type);
    const found = await read(id, event);
    expect(found).toMatchObject({
      name: "Ann Lee",
      email: "ann.lee@example.com",
      userId: expect.any(String),
    });
    expect(found.suspiciousActivityDetails).toEqual({
      eventType: "user.session.start",
      eventId: "151d9579-8696-11f1-90ed-cbc1a8ace225",
      eventTransactionId: "ZX8reportedRequest1id4AAADSd",
      timestamp: "2026-11-20T08:57:47.583Z",
      eventIp: "198.51.100.23",
      eventCity: "Lisbon",
      eventState: "Lisbon",
      eventCountry: "Portugal",
      eventLatitude: 38.7223,
      eventLongitude: -9.1393,
      browser: "CHROME",
      os: "Windows 10",
    });
    const odd = { suspiciousActivityEventLatitude: "north", suspicious_activity_os: "macOS" };
    const snake = await read(id, { ...event, debugContext: { debugData: odd } });
    expect(snake.suspiciousActivityDetails).toEqual({ os: "macOS" });
    expect(await read(id, { ...event, target: [] })).toMatchObject({ name: "Ann Lee" });
  });
});

describe("an event of one application", () => {
  const matching = async (inputs: JsonObject, event: JsonObject, ...answers: Answer[]) => {
    const { client, requests } = fakeOktaClient(...answers);
    const { matches } = cardOf("okta.apps.userAssigned");
    const match = await matches?.({ event, inputs, options: {}, client, memory: null, now: new Date(0) });
    return { match, requests };
  };
  const event = sampleLogEvent("application.user_membership.add");
  const target = Array.isArray(event.target) ? event.target.filter(isJsonObject) : [];
  const id = String(target.find(({ type }) => type === "AppInstance")?.id);
  const salesforce = { body: { id, name: "salesforce", label: "Salesforce" } };

  it("can be asked for by four cards", () => {
    const choosy = oktaEvents
      .map(({ description }) => description)
      .filter(({ inputs }) => "application" in inputs);
    expect(choosy.map((description) => description.id)).toEqual([
      "okta.apps.userAssigned",
      "okta.apps.userUnassigned",
      "okta.apps.userPasswordChanged",
      "okta.apps.userSynced",
    ]);
    for (const { inputs, scopes } of choosy) {
      expect(Object.values(inputs).map(({ label }) => label)).toEqual([
        "Application",
        "Application Instance",
        "Conditions",
        "Alert settings",
      ]);
      expect(Object.values(inputs).map(({ picker }) => picker)).toEqual([
        "okta.catalogApps",
        "okta.applications",
        undefined,
        undefined,
      ]);
      expect(scopes).toContain("okta.apps.read");
    }
  });

  it("runs for all where none is chosen, without a call", async () => {
    expect(await matching({}, event)).toEqual({ match: true, requests: [] });
    expect(await matching({ application: " ", applicationInstance: "" }, event)).toEqual({
      match: true,
      requests: [],
    });
  });

  it("is told by the instance without a call", async () => {
    expect(await matching({ applicationInstance: id, application: "slack" }, event)).toEqual({
      match: true,
      requests: [],
    });
    const { match, requests } = await matching({ applicationInstance: "0oaOther" }, event);
    expect(match).toEqual({
      reason: `it is about Salesforce (${id}), and the flow is for the instance 0oaOther.`,
    });
    expect(requests).toEqual([]);
  });

  it("is told by the application by asking what the instance is one of", async () => {
    const { match, requests } = await matching({ application: "salesforce" }, event, salesforce);
    expect(match).toBe(true);
    expect(requests).toEqual([{ method: "GET", path: `/api/v1/apps/${id}` }]);
    expect((await matching({ application: "slack" }, event, salesforce)).match).toEqual({
      reason: `it is about Salesforce (${id}), an instance of salesforce, and the flow is for slack.`,
    });
  });

  it("does not run where the application is gone or not named", async () => {
    const gone = await matching({ application: "salesforce" }, event, notFound("AppInstance"));
    expect(gone.match).toMatchObject({ reason: expect.stringContaining("is gone") });
    const none = await matching({ application: "salesforce" }, { ...event, target: null });
    expect(none).toEqual({ match: { reason: "the event names no application." }, requests: [] });
  });
});
