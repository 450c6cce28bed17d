import { describe, expect, it } from "vitest";
import type { Card } from "../../../cards/define.ts";
import { isOptionValue } from "../../../cards/option-value.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_OKTA_GROUP, SAMPLE_USER_ID } from "../samples.ts";
import { type Answer, fakeOktaClient, notFound } from "../test-okta-client.ts";
import { userProfileUpdated } from "./account-events.ts";
import { customWebhook } from "./custom-webhook.ts";
import { EVENT_TYPE_CHOICES, HOOK_EVENT_TYPES } from "./event-types.ts";
import { userAddedToGroup } from "./group-events.ts";
import { userCreated } from "./lifecycle-events.ts";
import { LOG_EVENT_TYPE_CHOICES } from "./log-event-types.ts";
import { sampleLogEvent } from "./sample-event.ts";

const read = (card: Card, event: JsonObject, wanted: string[] = [], ...answers: Answer[]) =>
  readWithin(10_000_000, card, event, wanted, ...answers);

async function readWithin(
  room: number,
  card: Card,
  event: JsonObject,
  wanted: string[],
  ...answers: Answer[]
) {
  const { client, requests } = fakeOktaClient(...answers);
  const context = {
    event,
    options: {},
    client,
    wanted: (key: string) => wanted.includes(key),
    room,
    now: new Date(0),
  };
  const outputs = await card.readEvent?.(context);
  return { outputs: outputs ?? {}, requests };
}

const added = sampleLogEvent("group.user_membership.add");

describe("an event card", () => {
  it("reads who, whom and what from the event", async () => {
    const { outputs } = await read(userAddedToGroup, added);
    expect(outputs).toMatchObject({
      dateAndTime: "2026-11-20T09:15:00.159Z",
      message: "Add user to group membership",
      eventType: "group.user_membership.add",
      version: "0",
      admin: { alternateId: "admin@example.com", type: "User" },
      user: { displayName: "Ann Lee", type: "User" },
      group: { displayName: "Engineering", type: "UserGroup" },
      eventId: "85b60edb-4263-4e13-993b-818e26201052",
      source: "https://example.okta.com/api/v1/eventHooks/who1sample2hook3Id4d7",
      userGroups: null,
    });
  });

  it("has no delivery to tell of where the event was read from the System Log", async () => {
    const { envelope: _, ...logged } = added;
    const { outputs } = await read(userAddedToGroup, logged);
    expect(outputs).toMatchObject({ eventId: null, eventTime: null, source: null, fullDetails: logged });
  });

  it("survives an event without targets, debug data or actor", async () => {
    const bare = { uuid: "u1", eventType: "user.lifecycle.create", target: null };
    const { outputs } = await read(userCreated, bare);
    expect(outputs).toMatchObject({
      uuid: "u1",
      user: null,
      admin: null,
      debugData: null,
      dateAndTime: null,
    });
  });

  it("takes the first target of its type, wherever it stands", async () => {
    const target: JsonObject[] = [
      { id: "0oa1", type: "AppInstance" },
      { id: "00u2", type: "User", alternateId: "b@example.com" },
      { id: "00u3", type: "User" },
    ];
    const { outputs } = await read(userCreated, { ...sampleLogEvent("user.lifecycle.create"), target });
    expect(outputs.user).toEqual({ id: "00u2", type: "User", alternateId: "b@example.com" });
  });

  it("names the changed attributes, in either spelling", async () => {
    const event = sampleLogEvent("user.account.update_profile");
    expect((await read(userProfileUpdated, event)).outputs.changedAttributes).toBe("department,title");
    const snake = { ...event, debugContext: { debugData: { changed_attributes: "city" } } };
    expect((await read(userProfileUpdated, snake)).outputs.changedAttributes).toBe("city");
  });
});

describe("User Groups", () => {
  it("are looked up where a later card reads them", async () => {
    const { outputs, requests } = await read(userAddedToGroup, added, ["userGroups"], {
      body: [SAMPLE_OKTA_GROUP],
    });
    expect(requests).toEqual([{ method: "GET", path: `/api/v1/users/${SAMPLE_USER_ID}/groups` }]);
    expect(outputs.userGroups).toEqual([
      { id: SAMPLE_OKTA_GROUP.id, name: "Engineering", description: "Everybody who builds the product" },
    ]);
  });

  it("are all there are, however many pages Okta makes of them", async () => {
    const page = (start: number) => ({
      body: Array.from({ length: 700 }, (_, index) => ({ ...SAMPLE_OKTA_GROUP, id: `00g${start + index}` })),
    });
    const { outputs } = await read(userAddedToGroup, added, ["userGroups"], page(0), page(700), page(1400));
    expect(outputs.userGroups).toHaveLength(2100);
  });

  it("fail the card where they are more than it can hold, counting what the event itself takes", async () => {
    const body = Array.from({ length: 1000 }, () => SAMPLE_OKTA_GROUP);
    const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;
    const room = 30_000;
    const tooMany = readWithin(room, userAddedToGroup, added, ["userGroups"], { body });
    await expect(tooMany).rejects.toMatchObject({ details: { kind: "refused", code: "output-too-large" } });
    const { fit } = await tooMany.catch((error) => error.details.data);
    const fitting = { body: body.slice(0, fit) };
    const { outputs } = await readWithin(room, userAddedToGroup, added, ["userGroups"], fitting);
    expect(outputs.userGroups).toHaveLength(fit);
    expect(bytes(outputs)).toBeLessThan(room);
  });

  it("are none where the user is gone or the event names none", async () => {
    expect((await read(userAddedToGroup, added, ["userGroups"], notFound())).outputs.userGroups).toEqual([]);
    const nobody = await read(userAddedToGroup, { ...added, target: [] }, ["userGroups"]);
    expect(nobody.outputs.userGroups).toEqual([]);
    expect(nobody.requests).toEqual([]);
  });
});

describe("Custom Webhook", () => {
  it("offers each of the 264 types an event hook can deliver, once", () => {
    const types = EVENT_TYPE_CHOICES.map(({ value }) => value);
    expect(types).toHaveLength(264);
    expect(new Set(types).size).toBe(264);
    for (const type of types) expect(type).toMatch(/^[a-z0-9_]+(\.[A-Za-z0-9_]+)+$/);
    expect(EVENT_TYPE_CHOICES).toContainEqual({
      value: "user.lifecycle.create",
      label: "user.lifecycle.create (Users)",
    });
  });

  it("offers the others through the System Log, marked as such", () => {
    const types = LOG_EVENT_TYPE_CHOICES.map(({ value }) => value);
    expect(new Set(types).size).toBe(types.length);
    expect(types.filter((type) => HOOK_EVENT_TYPES.has(type))).toEqual([]);
    for (const type of types) expect(type).toMatch(/^[a-z0-9_]+(\.[A-Za-z0-9_-]+)+$/);
    const offered = customWebhook.description.options.eventType?.choices ?? [];
    expect(offered).toHaveLength(EVENT_TYPE_CHOICES.length + types.length);
    expect(offered).toContainEqual({
      value: "user.lifecycle.delete.completed",
      label: "user.lifecycle.delete.completed (through the System Log)",
    });
  });

  it("listens to the chosen type and samples it", () => {
    const options = { eventType: "policy.rule.update" };
    expect(customWebhook.listensTo?.(options)).toEqual(["policy.rule.update"]);
    const sample = customWebhook.sampleEvent?.(options);
    expect(sample).toMatchObject({ eventType: "policy.rule.update", displayMessage: "Policy rule update" });
    expect(sample?.target).toMatchObject([{ type: "PolicyEntity" }, { type: "PolicyRule" }]);
  });

  it("lists all targets", async () => {
    const { outputs } = await read(customWebhook, sampleLogEvent("application.user_membership.add"));
    expect(outputs.targets).toMatchObject([{ type: "AppUser" }, { type: "AppInstance" }, { type: "User" }]);
    expect(outputs.actor).toMatchObject({ displayName: "Olivia Admin" });
  });
});

describe("the event type of a custom webhook", () => {
  const { eventType } = customWebhook.description.options;
  if (!eventType) throw new Error("The card has no such option.");

  it("is any the lists have, and each of those could be typed", () => {
    const typedOnly = { ...eventType, choices: [] };
    const values = eventType.choices?.map(({ value }) => value) ?? [];
    expect(values.length).toBeGreaterThan(900);
    expect(values.filter((value) => !isOptionValue(typedOnly, value))).toEqual([]);
  });

  it.each([
    ["policy.brand.new_kind", true],
    ["user.authentication.auth_via_NEW", true],
    ["user", false],
    ["User.Session.Start", false],
    ["user session start", false],
    ["user..start", false],
    [".user.start", false],
    ['user.start" or eventType pr', false],
    [`user.${"a.".repeat(20)}b`, false],
  ])("may be typed in full: %j is one: %s", (value, expected) => {
    expect(isOptionValue(eventType, value)).toBe(expected);
    expect(customWebhook.listensTo?.({ eventType: value })).toEqual([value]);
  });

  it("says of a typed one what it looks like, with an example to try the flow", () => {
    expect(customWebhook.sampleEvent?.({ eventType: "policy.brand.new" })).toMatchObject({
      eventType: "policy.brand.new",
      displayMessage: "Policy brand new",
    });
  });
});
