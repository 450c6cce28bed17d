import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, GOOD_PASSWORD, newProfile, type Send } from "../test-client.ts";
import { type Receiver, startReceiver, until } from "../test-receiver.ts";

let sandbox: Sandbox;
let receiver: Receiver;
let send: Send;

beforeEach(async () => {
  sandbox = await startSandbox({ batchWindowMs: 10 });
  receiver = await startReceiver();
  send = clientOf(sandbox);
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

async function hook(...items: string[]): Promise<string> {
  const authScheme = { type: "HEADER", key: "Authorization", value: "s3cret" };
  const { body } = await send("POST", "/api/v1/eventHooks", {
    name: "Watcher",
    events: { type: "EVENT_TYPE", items },
    channel: { type: "HTTP", version: "1.0.0", config: { uri: receiver.uri, authScheme } },
  });
  await send("POST", `/api/v1/eventHooks/${String(body.id)}/lifecycle/verify`);
  return String(body.id);
}

async function person(): Promise<string> {
  const body = { profile: newProfile(), credentials: { password: { value: GOOD_PASSWORD } } };
  return String((await send("POST", "/api/v1/users?activate=true", body)).body.id);
}

async function firstDelivery(): Promise<string> {
  await until(() => sandbox.counters.recentDeliveries().length === 1);
  return `/sandbox/deliveries/${sandbox.counters.recentDeliveries()[0]?.id}`;
}

describe("deliveries", () => {
  it("shows the body exactly as it was sent", async () => {
    await hook("user.lifecycle.create");
    const id = await person();
    const { body } = await send("GET", await firstDelivery());
    expect(body).toMatchObject({ hookName: "Watcher", status: "delivered", attempts: 1, answered: 204 });
    expect(body.body).toEqual(receiver.deliveries[0]?.body);
    expect(JSON.stringify(body.body)).toContain(id);
    expect(JSON.stringify(body)).not.toContain("s3cret");
  });

  it("measures from the first attempt to the last answer", async () => {
    await hook("user.lifecycle.create");
    receiver.delayMs = 20;
    receiver.answers = [500];
    await person();
    const { body } = await send("GET", await firstDelivery());
    expect(body).toMatchObject({ status: "delivered", attempts: 2 });
    expect(body.durationMs).toBeGreaterThan(0);
  });

  it("sends one again with the same id, and says so", async () => {
    await hook("user.lifecycle.create");
    await person();
    const again = await send("POST", `${await firstDelivery()}/again`);
    expect(again.body).toMatchObject({ status: "delivered", againOf: 1, id: 2 });
    expect(receiver.deliveries[1]?.body).toEqual(receiver.deliveries[0]?.body);
  });

  it("does not send to a hook that is gone", async () => {
    const id = await hook("user.lifecycle.create");
    await person();
    const delivery = await firstDelivery();
    await send("POST", `/api/v1/eventHooks/${id}/lifecycle/deactivate`);
    const refused = await send("POST", `${delivery}/again`);
    expect([refused.status, receiver.deliveries.length]).toEqual([409, 1]);
    expect((await send("POST", "/sandbox/deliveries/99/again")).status).toBe(404);
  });
});

describe("the log to look at", () => {
  const list = async (query: string) => {
    const { body } = await send("GET", `/sandbox/log?${query}`);
    return body as unknown as {
      events: { seq: number; event: { eventType: string } }[];
      next: number | null;
    };
  };

  it("is newest first, and pages", async () => {
    for (const eventType of ["user.session.start", "user.session.end", "group.lifecycle.create"])
      await send("POST", "/sandbox/events", { eventType });
    const first = await list("limit=2");
    expect(first.events.map(({ event }) => event.eventType)).toEqual([
      "group.lifecycle.create",
      "user.session.end",
    ]);
    const second = await list(`limit=2&before=${first.next}`);
    expect(second.events.map(({ event }) => event.eventType)).toEqual(["user.session.start"]);
    expect(second.next).toBeNull();
  });

  it("finds by type, by parts of names and by ids", async () => {
    const target = [{ id: "00uX", type: "User", alternateId: "ann@x.example", displayName: "Ann Lee" }];
    await send("POST", "/sandbox/events", { eventType: "user.session.start", target });
    await send("POST", "/sandbox/events", { eventType: "group.lifecycle.create" });
    const found = async (query: string) => (await list(query)).events.map(({ event }) => event.eventType);
    expect(await found("type=group.lifecycle.create")).toEqual(["group.lifecycle.create"]);
    expect(await found("text=ann+le")).toEqual(["user.session.start"]);
    expect(await found("text=00ux")).toEqual(["user.session.start"]);
    expect(await found("text=ann+lifecycle")).toEqual([]);
    expect((await send("GET", "/sandbox/log?limit=none")).status).toBe(400);
  });

  it("is no read anybody counts", async () => {
    const reads = sandbox.counters.json().reads;
    await list("");
    expect(sandbox.counters.json().reads).toBe(reads);
  });
});

describe("what people do themselves", () => {
  it("signs in and is locked out, each with its event", async () => {
    const id = await person();
    expect((await send("POST", `/sandbox/users/${id}/sign-in`)).body).toMatchObject({ sessions: 1 });
    expect((await send("POST", `/sandbox/users/${id}/lock`)).body).toMatchObject({ status: "LOCKED_OUT" });
    const [start, lock] = sandbox.org.log.records.slice(-2);
    expect(start).toMatchObject({ eventType: "user.session.start", origin: { actor: { id } } });
    expect(lock).toMatchObject({ eventType: "user.account.lock", target: [{ id }] });
    expect((await send("POST", `/api/v1/users/${id}/lifecycle/unlock`)).status).toBe(200);
  });

  it("is refused to those who cannot", async () => {
    const id = await person();
    await send("POST", `/api/v1/users/${id}/lifecycle/suspend`);
    const refused = await send("POST", `/sandbox/users/${id}/lock`);
    expect([refused.status, String(refused.body.error)]).toEqual([409, expect.stringContaining("SUSPENDED")]);
    expect((await send("POST", "/sandbox/users/nobody/sign-in")).status).toBe(404);
  });
});

describe("samples of events", () => {
  it("can be sent back as they are, for each type", async () => {
    const types = (await send("GET", "/sandbox/event-types")).body.eventTypes as string[];
    for (const eventType of types) {
      const sample = await send("GET", `/sandbox/event-types/${eventType}`);
      expect((await send("POST", "/sandbox/events", sample.body)).body).toMatchObject({ eventType });
    }
    const logOnly = await send("GET", "/sandbox/event-types/user.session.expire");
    expect(logOnly.body).toMatchObject({ eventType: "user.session.expire" });
    expect((await send("GET", "/sandbox/event-types/nothing")).status).toBe(400);
  });
});
