import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, newProfile, type Send } from "../test-client.ts";
import { type Receiver, startReceiver, until } from "../test-receiver.ts";
import type { CountersJson } from "./counters.ts";

let sandbox: Sandbox;
let send: Send;

beforeEach(async () => {
  sandbox = await startSandbox({ batchWindowMs: 10 });
  send = clientOf(sandbox);
});
afterEach(() => sandbox.close());

const faults = (...rules: Record<string, unknown>[]) => send("PUT", "/sandbox/faults", { rules });
const counters = async () => (await send("GET", "/sandbox/counters")).body as unknown as CountersJson;
const create = () => send("POST", "/api/v1/users", { profile: newProfile() });

it("lists what it has, for whoever looks around", async () => {
  const { body } = await send("GET", "/sandbox");
  const paths = (body.routes as string[]).filter((name) => /^GET [^{]+$/.test(name));
  expect(paths).toContain("GET /sandbox/health");
  for (const name of paths) expect((await send("GET", name.slice("GET ".length))).status).toBe(200);
  expect((await send("GET", "/sandbox/nothing")).body.error).toContain("GET /sandbox lists");
});

describe("who may call", () => {
  /** fetch forbids setting Host, so these go by hand. */
  const status = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      request(`${sandbox.url}/sandbox/health`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on("error", reject)
        .end();
    });

  it.each<[Record<string, string>, number]>([
    [{}, 200],
    [{ host: "localhost:1" }, 200],
    [{ host: "evil.example" }, 403],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
  ])("%j", async (headers, expected) => {
    expect(await status(headers)).toBe(expected);
  });

  it("takes a page of the same origin", async () => {
    expect(await status({ origin: sandbox.url })).toBe(200);
  });
});

describe("events", () => {
  it("makes each of the 264 types believable", async () => {
    const types = (await send("GET", "/sandbox/event-types")).body.eventTypes as string[];
    for (const eventType of types) {
      const answer = await send("POST", "/sandbox/events", { eventType });
      expect(answer.status).toBe(201);
      expect(answer.body.target).not.toHaveLength(0);
    }
    expect(sandbox.org.log.records).toHaveLength(264);
  });

  it("writes a type no hook can receive into the System Log", async () => {
    for (const eventType of ["user.session.expire", "user.authentication.auth_via_IDP", "no.such.type"]) {
      expect((await send("POST", "/sandbox/events", { eventType })).status).toBe(201);
      const filter = new URLSearchParams({ filter: `eventType eq "${eventType}"` });
      expect((await send("GET", `/api/v1/logs?${filter}`)).list).toMatchObject([{ eventType }]);
    }
  });

  it("takes what it is told", async () => {
    const event = {
      eventType: "user.session.start",
      actor: { id: "00u1", type: "User", alternateId: "a@b.c", displayName: "A" },
      target: null,
      debugData: { origin: "x" },
      outcome: { result: "FAILURE", reason: "VERIFICATION_ERROR" },
      published: "2026-01-01T00:00:00Z",
      uuid: "fixed",
    };
    await send("POST", "/sandbox/events", event);
    expect(sandbox.org.log.records[0]).toMatchObject({
      uuid: "fixed",
      target: null,
      published: "2026-01-01T00:00:00.000Z",
      outcome: { result: "FAILURE", reason: "VERIFICATION_ERROR" },
      origin: { actor: { id: "00u1" } },
    });
  });

  it("says what is wrong", async () => {
    for (const eventType of ["", "session", "User Session", "user..start", "user.start ", ".user.start"]) {
      const answer = await send("POST", "/sandbox/events", { eventType });
      expect([eventType, answer.status]).toEqual([eventType, 400]);
      expect(answer.body.error).toContain("GET /sandbox/event-types");
    }
    expect((await faults({ fault: "gremlins" })).status).toBe(400);
    expect((await send("GET", "/sandbox/nothing")).status).toBe(404);
    expect((await send("PUT", "/sandbox/reset")).status).toBe(405);
  });
});

describe("request faults", () => {
  it.each([
    ["429", 429, "E0000047"],
    ["500", 500, "E0000009"],
    ["503", 503, "E0000181"],
  ])("%s strikes as often as told", async (fault, status, code) => {
    await faults({ fault, next: 2, method: "POST", pathPrefix: "/api/v1/users" });
    const before = sandbox.org.users.size;
    expect((await send("GET", "/api/v1/users/me")).status).toBe(200);
    for (let at = 0; at < 2; at += 1) {
      const answer = await create();
      expect([answer.status, answer.body.errorCode]).toEqual([status, code]);
    }
    expect((await create()).status).toBe(200);
    expect(sandbox.org.users.size).toBe(before + 1);
    expect((await send("GET", "/sandbox/faults")).body.rules).toEqual([]);
  });

  it("answers 502 with a page, as a proxy does", async () => {
    await faults({ fault: "502", next: 1 });
    const answer = await fetch(`${sandbox.url}/api/v1/users/me`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([502, "text/html"]);
    expect(await answer.text()).toContain("<title>502 Bad Gateway</title>");
  });

  it("answers the concurrency form of 429", async () => {
    await faults({ fault: "429", next: 1, concurrency: true, resetSeconds: 5 });
    const { headers } = await send("GET", "/api/v1/users/me");
    expect([headers.get("x-rate-limit-limit"), headers.get("x-rate-limit-remaining")]).toEqual(["0", "0"]);
    const wait = Number(headers.get("x-rate-limit-reset")) - Math.floor(Date.now() / 1000);
    expect(wait).toBeGreaterThanOrEqual(4);
    expect(wait).toBeLessThanOrEqual(6);
  });

  it("cuts the connection before or after the write", async () => {
    const before = sandbox.org.users.size;
    await faults({ fault: "reset-before", next: 1 });
    await expect(create()).rejects.toThrow();
    expect(sandbox.org.users.size).toBe(before);
    await faults({ fault: "reset-after", next: 1 });
    await expect(create()).rejects.toThrow();
    expect(sandbox.org.users.size).toBe(before + 1);
    const { writes, applied } = await counters();
    expect([writes.total, applied.total]).toEqual([2, 1]);
  });

  it("truncates a body it promised in full", async () => {
    await faults({ fault: "truncate", next: 1 });
    await expect(send("GET", "/api/v1/users")).rejects.toThrow();
    expect((await send("GET", "/api/v1/users")).list.length).toBeGreaterThan(50);
  });

  it("waits when told to", async () => {
    await faults({ fault: "latency", next: 1, ms: 80 });
    const start = performance.now();
    await send("GET", "/api/v1/users/me");
    expect(performance.now() - start).toBeGreaterThanOrEqual(75);
  });

  it("strikes a share of the requests, the same ones each time", async () => {
    const run = async () => {
      await faults({ fault: "500", rate: 0.3 });
      const statuses: number[] = [];
      for (let at = 0; at < 60; at += 1) statuses.push((await send("GET", "/api/v1/users/me")).status);
      return statuses;
    };
    const first = await run();
    const struck = first.filter((status) => status === 500).length;
    expect(struck).toBeGreaterThan(5);
    expect(struck).toBeLessThan(35);
    expect(await run()).toEqual(first);
  });
});

describe("delivery faults", () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
    const hook = await send("POST", "/api/v1/eventHooks", {
      name: "Flows",
      events: { type: "EVENT_TYPE", items: ["user.lifecycle.create"] },
      channel: { type: "HTTP", version: "1.0.0", config: { uri: receiver.uri } },
    });
    await send("POST", `/api/v1/eventHooks/${String(hook.body.id)}/lifecycle/verify`);
  });
  afterEach(() => receiver.close());
  const inject = (uuid: string) =>
    send("POST", "/sandbox/events", { eventType: "user.lifecycle.create", uuid });
  const uuids = () => receiver.deliveries.flatMap((one) => one.body.data.events.map((event) => event.uuid));

  it("sends one twice", async () => {
    await faults({ fault: "delivery-duplicate", next: 1 });
    await inject("a");
    await receiver.received(2);
    expect(receiver.deliveries[0]?.body.eventId).toBe(receiver.deliveries[1]?.body.eventId);
    await until(() => sandbox.counters.recentDeliveries().length === 2);
    expect((await counters()).deliveries).toMatchObject({ sent: 2, duplicated: 1 });
  });

  it("loses one", async () => {
    await faults({ fault: "delivery-drop", next: 1 });
    await inject("a");
    await until(() => sandbox.counters.recentDeliveries().length === 1);
    await inject("b");
    await receiver.received(1);
    expect(uuids()).toEqual(["b"]);
    expect((await counters()).deliveries).toMatchObject({ sent: 1, dropped: 1 });
  });

  it("lets the next one overtake", async () => {
    await faults({ fault: "delivery-reorder", next: 1 });
    await inject("a");
    await until(() => sandbox.faults.rules.length === 0);
    await inject("b");
    await receiver.received(2);
    expect(uuids()).toEqual(["b", "a"]);
  });

  it("turns a batch around", async () => {
    await faults({ fault: "delivery-reorder", next: 1 });
    await Promise.all([inject("a"), inject("b")]);
    await receiver.received(1);
    const logged = sandbox.org.log.records
      .filter((record) => record.eventType === "user.lifecycle.create")
      .map((record) => record.uuid);
    expect(uuids()).toEqual(logged.reverse());
  });

  it("delays one", async () => {
    await faults({ fault: "delivery-delay", next: 1, ms: 120 });
    const start = performance.now();
    await inject("a");
    await receiver.received(1);
    expect(performance.now() - start).toBeGreaterThanOrEqual(115);
  });
});

describe("counters, state and reset", () => {
  it("counts every write by template and by address", async () => {
    const group = sandbox.org.groups.byName("Sales");
    const user = sandbox.org.users.byLogin("ann.lee@example.com");
    const path = `/api/v1/groups/${group?.id}/users/${user?.id}`;
    await send("PUT", path);
    await send("PUT", path);
    await send("PUT", `/api/v1/groups/${group?.id}/users/nobody`);
    await send("GET", "/api/v1/users/me");
    const { writes, applied, reads } = await counters();
    expect(reads).toBe(1);
    expect(writes.total).toBe(3);
    expect(writes.byTemplate).toEqual({ "PUT /api/v1/groups/{groupId}/users/{userId}": 3 });
    expect(writes.byPath[`PUT ${path}`]).toBe(2);
    expect(applied.total).toBe(2);
  });

  it("shows the org in one answer", async () => {
    const { body } = await send("GET", "/sandbox/state");
    expect(body.users).toHaveLength(60);
    expect(body.groups).toHaveLength(12);
    expect(body.apps).toHaveLength(10);
    expect(JSON.stringify(body)).not.toContain("password");
  });

  it("goes back to the seed, ids included", async () => {
    const ids = () => [...sandbox.org.users.all()].map((user) => user.id);
    const before = ids();
    await create();
    await faults({ fault: "500" });
    await send("POST", "/sandbox/reset");
    expect(ids()).toEqual(before);
    expect((await send("GET", "/api/v1/users/me")).status).toBe(200);
    expect((await counters()).writes.total).toBe(0);
  });

  it("sets rate limits", async () => {
    await send("PUT", "/sandbox/rate-limits", {
      windowSeconds: 60,
      buckets: [{ id: "all", prefix: "/", limit: 1 }],
    });
    expect((await send("GET", "/api/v1/users/me")).status).toBe(200);
    expect((await send("GET", "/api/v1/org")).status).toBe(429);
  });
});
