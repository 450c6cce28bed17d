import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { MASK } from "#lib/cards/mask-text.ts";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { tablesHolding } from "../db/test-tables-holding.ts";
import { log } from "../log.ts";
import { receiveHook, verifyHook } from "./hook-endpoint.ts";
import { oktaDelivery, oktaEvent } from "./test-events.ts";

const SECRET = "a long secret 0123456789";
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connection: Awaited<ReturnType<typeof addConnection>>;

beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  connection = await addConnection(db, { hookSecret: SECRET });
});

type Init = { headers?: HeadersInit; body?: BodyInit };

const headers = { authorization: SECRET, "content-type": "application/json" };
const verify = (challenge: string | null, endpointId = connection.endpointId) =>
  verifyHook(
    new Request("http://x/", {
      headers: challenge === null ? {} : { "x-okta-verification-challenge": challenge },
    }),
    endpointId,
  );
const post = (init: Init, endpointId = connection.endpointId) =>
  receiveHook(
    new Request("http://x/", { method: "POST", headers, duplex: "half", ...init } as RequestInit),
    endpointId,
  );
const deliver = (body: unknown) => post({ body: typeof body === "string" ? body : JSON.stringify(body) });
const storedEvents = () => db.prisma.event.count({ where: { connectionId: connection.id } });

/** A body that notes how much of it was taken. */
function watchedBody(totalBytes: number, chunkBytes = 64 * 1024) {
  const taken = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (taken.bytes >= totalBytes) return controller.close();
      taken.bytes += chunkBytes;
      controller.enqueue(new Uint8Array(chunkBytes).fill(0x20));
    },
  });
  return { body, taken };
}

describe("verification", () => {
  test("echoes the challenge", async () => {
    const answer = await verify("Pq8-5Y_zz");
    expect([answer.status, await answer.json()]).toEqual([200, { verification: "Pq8-5Y_zz" }]);
  });

  test.each([
    ["no challenge", null],
    ["an empty one", ""],
    ["one of 10 KB", "x".repeat(10_240)],
  ])("refuses %s", async (_, challenge) => {
    expect((await verify(challenge)).status).toBe(400);
  });

  test.each([randomUUID(), "%00", "../x", "x".repeat(5000)])("does not know the endpoint %s", async (id) => {
    expect((await verify("abc", id)).status).toBe(404);
  });
});

describe("the secret", () => {
  test.each([
    ["missing", { "content-type": "application/json" }],
    ["wrong", { ...headers, authorization: "wrong" }],
    ["one character off", { ...headers, authorization: SECRET.replace("9", "8") }],
    ["empty", { ...headers, authorization: "" }],
    ["its own hash", { ...headers, authorization: createHash("sha256").update(SECRET).digest("hex") }],
    [
      "doubled into one line",
      [
        ["authorization", SECRET],
        ["authorization", SECRET],
        ["content-type", "application/json"],
      ] as [string, string][],
    ],
  ])("%s is refused before the body is read", async (_, sent) => {
    const { body, taken } = watchedBody(10_000_000);
    const answer = await post({ headers: sent, body });
    expect(answer.status).toBe(401);
    // A stream fills its first chunk by itself; nobody asked for more.
    expect(taken.bytes).toBeLessThanOrEqual(64 * 1024);
    expect(await storedEvents()).toBe(0);
  });

  test("never stands in the log", async () => {
    const lines: unknown[] = [];
    vi.spyOn(log, "warn").mockImplementation((...args: unknown[]) => void lines.push(args));
    await post({ headers: { ...headers, authorization: "almost the secret" }, body: "{}" });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain("almost the secret");
  });

  test("a connection without a stored secret lets nobody in", async () => {
    await db.prisma.connection.update({ where: { id: connection.id }, data: { hookSecretHash: null } });
    expect((await post({ body: "{}" })).status).toBe(401);
    expect((await post({ headers: { ...headers, authorization: "" }, body: "{}" })).status).toBe(401);
  });
});

describe("a delivery", () => {
  test("is answered 204 with nothing once its events are stored", async () => {
    await addFlow(db, {
      listensTo: { connectionId: connection.id, eventTypes: ["group.user_membership.add"] },
    });
    const answer = await deliver(oktaDelivery([oktaEvent(), oktaEvent()]));
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect(await storedEvents()).toBe(2);
    expect(await db.prisma.execution.count({ where: { event: { connectionId: connection.id } } })).toBe(2);
  });

  test("twenty times at once is answered 204 each time and stored once", async () => {
    const body = JSON.stringify(oktaDelivery([oktaEvent()]));
    const answers = await Promise.all(Array.from({ length: 20 }, () => post({ body })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(204));
    expect(await storedEvents()).toBe(1);
  });

  test("may carry properties nobody has heard of, and ipChain in either place", async () => {
    const event = oktaEvent({
      brandNew: { x: 1 },
      client: { ipChain: [] },
      request: { ipChain: [] },
      target: null,
    });
    expect((await deliver(oktaDelivery([event], { future: true }))).status).toBe(204);
  });

  test("of 300 events and 900 KB is taken", async () => {
    const events = Array.from({ length: 300 }, () => oktaEvent({ filler: "x".repeat(2400) }));
    const body = JSON.stringify(oktaDelivery(events));
    expect(body.length).toBeGreaterThan(850_000);
    expect((await deliver(body)).status).toBe(204);
    expect(await storedEvents()).toBe(300);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])(
    "of content type %j is refused",
    async (type) => {
      const sent = { authorization: SECRET, "content-type": type };
      expect((await post({ headers: sent, body: JSON.stringify(oktaDelivery([oktaEvent()])) })).status).toBe(
        415,
      );
      expect(await storedEvents()).toBe(0);
    },
  );

  const sound = JSON.stringify(oktaDelivery([oktaEvent()]));
  test.each([
    ["nothing", ""],
    ["no JSON", "hello"],
    ["a cut-off body", sound.slice(0, -20)],
    ["a byte order mark", `\ufeff${sound}`],
    ["a list", "[]"],
    ["no events", JSON.stringify(oktaDelivery([]))],
    ["events that are no list", JSON.stringify({ data: { events: { 0: oktaEvent() } } })],
    ["an event without uuid", JSON.stringify(oktaDelivery([oktaEvent({ uuid: "" })]))],
    ["an event with an endless uuid", JSON.stringify(oktaDelivery([oktaEvent({ uuid: "x".repeat(201) })]))],
    ["an event without type", JSON.stringify(oktaDelivery([oktaEvent({ eventType: 7 })]))],
    ["an event of no date", JSON.stringify(oktaDelivery([oktaEvent({ published: "yesterday" })]))],
    [
      "an event of the year 0",
      JSON.stringify(oktaDelivery([oktaEvent({ published: "0000-01-01T00:00:00Z" })])),
    ],
    ["nothing but broken events", JSON.stringify(oktaDelivery([{ ...oktaEvent(), uuid: "" }, null]))],
    ["100,000 levels", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ])("with %s is refused and stores nothing", async (_, body) => {
    const answer = await deliver(body);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).not.toBe("");
    expect(await storedEvents()).toBe(0);
  });

  test("with a broken event among sound ones loses only that one", async () => {
    const answer = await deliver(oktaDelivery([oktaEvent(), null, oktaEvent({ uuid: "" }), oktaEvent()]));
    expect(answer.status).toBe(204);
    expect(await storedEvents()).toBe(2);
  });

  test("of an org with hidden attributes is stored without their values, from the next one on", async () => {
    const secret = randomUUID();
    const changed = (to: string) => ({ id: "00uANN", type: "User", changeDetails: { to: { ssn: to } } });
    expect((await deliver(oktaDelivery([oktaEvent({ target: [changed("before")] })]))).status).toBe(204);
    const where = { id: connection.id };
    await db.prisma.connection.update({ where, data: { hiddenAttributes: ["ssn"] } });
    const debugData = { changedAttributes: "ssn", ssn: secret };
    const event = oktaEvent({ target: [changed(secret)], debugContext: { debugData } });
    expect((await deliver(oktaDelivery([event]))).status).toBe(204);
    const stored = await db.prisma.event.findMany({
      where: { connectionId: connection.id },
      orderBy: { id: "asc" },
    });
    expect(stored.map(({ payload }) => payload)).toMatchObject([
      { target: [changed("before")] },
      { target: [changed(MASK)], debugContext: { debugData: { changedAttributes: "ssn", ssn: MASK } } },
    ]);
    expect(await tablesHolding(db.pool, [secret])).toEqual([]);
  });

  test("that is no UTF-8 is refused", async () => {
    const body = Buffer.concat([
      Buffer.from(sound.slice(0, 20)),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(sound.slice(20)),
    ]);
    expect((await post({ body })).status).toBe(400);
  });

  test("loses keys that reach into prototypes, however they are spelt", async () => {
    const event = JSON.stringify(oktaEvent()).replace(
      /}$/,
      ',"__proto__":{"x":1},"\\u0063onstructor":{"x":1},"kept":1}',
    );
    expect((await deliver(`{"data":{"events":[${event}]}}`)).status).toBe(204);
    const stored = await db.prisma.event.findFirstOrThrow({ where: { connectionId: connection.id } });
    const keys = Object.keys(stored.payload as object);
    expect(keys).toContain("kept");
    expect(keys).not.toContain("__proto__");
    expect(keys).not.toContain("constructor");
  });
});

describe("a body that is too large", () => {
  test("is refused by its announced length without reading", async () => {
    const { body, taken } = watchedBody(10_000_000);
    const answer = await post({ headers: { ...headers, "content-length": "10000000" }, body });
    expect(answer.status).toBe(413);
    expect(taken.bytes).toBeLessThanOrEqual(64 * 1024);
  });

  test("without a length is read no further than the limit", async () => {
    const { body, taken } = watchedBody(10_000_000);
    expect((await post({ body })).status).toBe(413);
    expect(taken.bytes).toBeLessThanOrEqual(1024 * 1024 + 2 * 64 * 1024);
  });
});
