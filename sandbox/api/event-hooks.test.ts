import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, newProfile, type Received, type Send } from "../test-client.ts";
import { type Receiver, startReceiver, until } from "../test-receiver.ts";

let sandbox: Sandbox;
let send: Send;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox({ batchWindowMs: 20, hookTimeoutMs: 150 });
  send = clientOf(sandbox);
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

const definition = (more: Record<string, unknown> = {}, config: Record<string, unknown> = {}) => ({
  name: "Flows",
  events: { type: "EVENT_TYPE", items: ["user.lifecycle.create", "group.user_membership.add"] },
  channel: {
    type: "HTTP",
    version: "1.0.0",
    config: {
      uri: receiver.uri,
      headers: [{ key: "x-team", value: "it" }],
      authScheme: { type: "HEADER", key: "Authorization", value: "s3cret" },
      ...config,
    },
  },
  ...more,
});
const create = (body: unknown = definition()) => send("POST", "/api/v1/eventHooks", body);
const verify = (hook: Received) =>
  send("POST", `/api/v1/eventHooks/${String(hook.body.id)}/lifecycle/verify`);
const inject = (eventType: string) => send("POST", "/sandbox/events", { eventType });
const deliveries = async () =>
  (await send("GET", "/sandbox/deliveries")).body.deliveries as {
    status: string;
    attempts: number;
    answered: number | null;
  }[];

async function ready(): Promise<Received> {
  const hook = await create();
  expect((await verify(hook)).status).toBe(200);
  return hook;
}

describe("registration", () => {
  it("answers UNVERIFIED and never the secret", async () => {
    const hook = await create();
    expect(hook.status).toBe(200);
    expect(hook.body).toMatchObject({
      status: "ACTIVE",
      verificationStatus: "UNVERIFIED",
      channel: { config: { method: "POST", authScheme: { type: "HEADER", key: "Authorization" } } },
    });
    expect(JSON.stringify(hook.body)).not.toContain("s3cret");
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["an unknown event type", { events: { type: "EVENT_TYPE", items: ["no.such"] } }, {}],
    ["no event types", { events: { type: "EVENT_TYPE", items: [] } }, {}],
    ["no name", { name: "" }, {}],
    ["plain http elsewhere", {}, { uri: "http://example.com/hook" }],
    ["no address", {}, { uri: "not a uri" }],
    ["a header that is none", {}, { headers: [{ key: "x y", value: "1" }] }],
    ["a header value with a line break", {}, { headers: [{ key: "x", value: "1\r\ny: 2" }] }],
    ["an auth scheme without value", {}, { authScheme: { type: "HEADER", key: "Authorization" } }],
  ])("refuses %s", async (_name, more, config) => {
    const answer = await create(definition(more, config));
    expect([answer.status, answer.body.errorCode]).toEqual([400, "E0000001"]);
  });

  it("holds 25 hooks and 300 event types at most", async () => {
    const types = (await send("GET", "/sandbox/event-types")).body.eventTypes as string[];
    expect(types).toHaveLength(264);
    const items = Array.from({ length: 301 }, (_, at) => `made.up.${at}`);
    const many = await create(definition({ events: { type: "EVENT_TYPE", items } }));
    expect(JSON.stringify(many.body.errorCauses)).toContain("300");
    const hooks: Received[] = [];
    for (let at = 0; at < 26; at += 1) hooks.push(await create(definition({ name: `Hook ${at}` })));
    const statuses: number[] = [];
    for (const hook of hooks) statuses.push((await verify(hook)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(25);
    expect(statuses.at(-1)).toBe(400);
    expect((await create(definition({ name: "One more" }))).status).toBe(400);
    const [first] = hooks;
    await send("POST", `/api/v1/eventHooks/${String(first?.body.id)}/lifecycle/deactivate`);
    const last = hooks.at(-1);
    expect(last && (await verify(last)).status).toBe(200);
    expect(
      (await send("POST", `/api/v1/eventHooks/${String(first?.body.id)}/lifecycle/activate`)).status,
    ).toBe(400);
  });

  it("says that filters are not simulated", async () => {
    const events = {
      type: "EVENT_TYPE",
      items: ["user.lifecycle.create"],
      filter: { type: "EXPRESSION_LANGUAGE" },
    };
    expect((await create(definition({ events }))).status).toBe(501);
  });

  it("is deleted only when inactive", async () => {
    const hook = await create();
    const self = `/api/v1/eventHooks/${String(hook.body.id)}`;
    expect((await send("DELETE", self)).status).toBe(403);
    expect((await send("POST", `${self}/lifecycle/deactivate`)).body.status).toBe("INACTIVE");
    expect((await send("DELETE", self)).status).toBe(204);
    expect((await send("GET", self)).body.errorCode).toBe("E0000007");
  });
});

describe("verification", () => {
  it("sends one challenge with the registered headers", async () => {
    const hook = await create();
    expect((await verify(hook)).body.verificationStatus).toBe("VERIFIED");
    expect(receiver.challenges).toBe(1);
  });

  it("tries once more after a server error, not after a refusal", async () => {
    const hook = await create();
    receiver.challengeAnswers = [503];
    expect((await verify(hook)).status).toBe(200);
    expect(receiver.challenges).toBe(2);
    receiver.challengeAnswers = [403];
    const refused = await verify(hook);
    expect([refused.status, refused.body.errorCode]).toEqual([400, "E0000001"]);
    expect(receiver.challenges).toBe(3);
  });

  it("fails on a wrong echo", async () => {
    const hook = await create();
    receiver.echo = "guess";
    expect((await verify(hook)).status).toBe(400);
    expect((await send("GET", `/api/v1/eventHooks/${String(hook.body.id)}`)).body.verificationStatus).toBe(
      "UNVERIFIED",
    );
  });

  it("is lost with the channel, not with the event list", async () => {
    const hook = await ready();
    const self = `/api/v1/eventHooks/${String(hook.body.id)}`;
    const events = { type: "EVENT_TYPE", items: ["user.lifecycle.suspend"] };
    const config = { authScheme: { type: "HEADER", key: "Authorization" } };
    expect((await send("PUT", self, definition({ events }, config))).body.verificationStatus).toBe(
      "VERIFIED",
    );
    const moved = await send("PUT", self, definition({ events }, { uri: `${receiver.uri}/2` }));
    expect(moved.body.verificationStatus).toBe("UNVERIFIED");
  });
});

describe("delivery", () => {
  it("sends a change in Okta's envelope, with secret and custom headers", async () => {
    const hook = await ready();
    const group = sandbox.org.groups.byName("Engineering");
    const user = sandbox.org.users.byLogin("zoe.papadaki@example.com");
    await send("PUT", `/api/v1/groups/${group?.id}/users/${user?.id}`);
    await receiver.received(1);
    const [delivery] = receiver.deliveries;
    expect(delivery?.headers).toMatchObject({
      authorization: "s3cret",
      "x-team": "it",
      "content-type": "application/json",
      accept: "application/json",
    });
    expect(delivery?.body).toMatchObject({
      eventType: "com.okta.event_hook",
      eventTypeVersion: "1.0",
      cloudEventsVersion: "0.1",
      contentType: "application/json",
      source: `${sandbox.url}/api/v1/eventHooks/${String(hook.body.id)}`,
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      eventTime: expect.stringMatching(/Z$/),
    });
    expect(delivery?.body.data.events[0]).toMatchObject({
      eventType: "group.user_membership.add",
      legacyEventType: "core.user_group_member.user_add",
      client: { ipChain: [{ ip: expect.any(String) }] },
      target: [
        { id: user?.id, type: "User", alternateId: "zoe.papadaki@example.com", detailEntry: null },
        { id: group?.id, type: "UserGroup", alternateId: "unknown", displayName: "Engineering" },
      ],
      debugContext: { debugData: { requestUri: `/api/v1/groups/${group?.id}/users/${user?.id}` } },
    });
  });

  it("batches what comes close together, in order", async () => {
    await ready();
    for (let at = 0; at < 5; at += 1) await send("POST", "/api/v1/users", { profile: newProfile() });
    await until(() => receiver.deliveries.flatMap((one) => one.body.data.events).length === 5);
    const uuids = receiver.deliveries.flatMap((one) => one.body.data.events.map((event) => event.uuid));
    const logged = sandbox.org.log.records.filter((record) => record.eventType === "user.lifecycle.create");
    expect(uuids).toEqual(logged.map((record) => record.uuid));
    expect(receiver.deliveries.length).toBeLessThan(5);
  });

  it("sends nothing to hooks that are unverified, inactive or not subscribed", async () => {
    const hook = await create();
    await inject("user.lifecycle.create");
    await verify(hook);
    await inject("user.lifecycle.suspend");
    await send("POST", `/api/v1/eventHooks/${String(hook.body.id)}/lifecycle/deactivate`);
    await inject("user.lifecycle.create");
    await send("POST", `/api/v1/eventHooks/${String(hook.body.id)}/lifecycle/activate`);
    await inject("group.user_membership.add");
    await receiver.received(1);
    expect(
      receiver.deliveries.flatMap((one) => one.body.data.events.map((event) => event.eventType)),
    ).toEqual(["group.user_membership.add"]);
  });

  it.each([
    ["a server error", [500], 2, "delivered"],
    ["two server errors", [500, 502], 2, "failed"],
    ["a refusal", [400], 1, "failed"],
  ])("after %s", async (_name, answers, attempts, status) => {
    await ready();
    receiver.answers = [...answers];
    await inject("user.lifecycle.create");
    await until(() => sandbox.counters.recentDeliveries().length === 1);
    expect(await deliveries()).toMatchObject([{ status, attempts }]);
    expect(receiver.deliveries).toHaveLength(attempts);
    const ids = new Set(receiver.deliveries.map((one) => one.body.eventId));
    expect(ids.size).toBe(1);
    const failures = sandbox.org.log.records.filter((record) => record.eventType === "event_hook.delivery");
    expect(failures).toHaveLength(status === "failed" ? 1 : 0);
  });

  it("gives up on an endpoint that is too slow, after one retry", async () => {
    await ready();
    receiver.delayMs = 400;
    await inject("user.lifecycle.create");
    await until(() => sandbox.counters.recentDeliveries().length === 1);
    expect(await deliveries()).toMatchObject([{ status: "failed", attempts: 2, answered: null }]);
    expect(sandbox.org.log.records.at(-1)).toMatchObject({
      eventType: "event_hook.delivery",
      outcome: { result: "FAILURE", reason: "The endpoint did not answer in time" },
    });
  });

  it("logs a failure when nobody listens", async () => {
    await ready();
    await receiver.close();
    await inject("user.lifecycle.create");
    await until(() => sandbox.counters.recentDeliveries().length === 1);
    expect(await deliveries()).toMatchObject([{ status: "failed", attempts: 2 }]);
  });
});
