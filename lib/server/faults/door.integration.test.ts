import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { oktaDelivery, oktaEvent } from "../intake/test-events.ts";
import { chainOf } from "./test-documents.ts";
import { FaultStage } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

const MIB = 1024 * 1024;
// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 120_000 });
let stage: FaultStage;
let web: TestWeb;
let flow: { id: string };

beforeAll(async () => {
  stage = await FaultStage.open();
  web = await stage.startWeb();
  flow = await stage.listen(chainOf({}));
});
afterAll(() => stage.close());

/** What the server answers to bytes sent as they are, whatever else it is waiting for. */
async function answerTo(
  head: string[],
  ...parts: (string | Buffer)[]
): Promise<{ status: number; body: string }> {
  const socket = connect(web.port, "127.0.0.1");
  const heard: Buffer[] = [];
  socket.on("data", (data) => heard.push(data)).on("error", () => {});
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  for (const part of parts) socket.write(part);
  const text = () => Buffer.concat(heard).toString();
  await vi.waitFor(() => expect(text()).toContain("\r\n\r\n"), { timeout: 10_000 });
  await sleep(20);
  socket.destroy();
  return { status: Number(text().split(" ")[1]), body: text().split("\r\n\r\n").slice(1).join("") };
}

const post = (...headers: string[]) => [
  `POST /hooks/okta/${stage.endpointId} HTTP/1.1`,
  "host: flows.example",
  ...headers,
];
const known = () => `authorization: ${stage.secret}`;
const json = "content-type: application/json";
const body = () => JSON.stringify(oktaDelivery([oktaEvent()]));

const stored = async () => {
  const { prisma } = stage.base.db;
  return [await prisma.event.count(), await prisma.execution.count({ where: { flowId: flow.id } })];
};

describe("a secret that is not the secret", () => {
  test.each([
    ["missing", () => []],
    ["empty", () => ["authorization:"]],
    ["one character off", () => [`authorization: ${stage.secret.slice(0, -1)}!`]],
    ["one character short", () => [`authorization: ${stage.secret.slice(0, -1)}`]],
    ["doubled in one line", () => [`authorization: ${stage.secret}, ${stage.secret}`]],
    ["after another one", () => ["authorization: nearly", known()]],
    ["before another one", () => [known(), "authorization: nearly"]],
    ["as a bearer token", () => [`authorization: Bearer ${stage.secret}`]],
  ])("%s is refused before the body has come", async (_what, headers) => {
    const before = await stored();
    // The body is announced and never sent: whoever waits for it does not answer.
    const { status } = await answerTo(post(...headers(), json, "content-length: 5000"));
    expect(status).toBe(401);
    expect(await stored()).toEqual(before);
  });

  test("leaves one row for all of them, without what was sent", async () => {
    const rows = async () =>
      stage.base.db.prisma.auditEntry.findMany({
        where: { action: "hook.refused", objectId: stage.base.connectionId },
        select: { detail: true },
      });
    await vi.waitFor(
      async () =>
        expect((await rows()).filter(({ detail }) => JSON.stringify(detail).includes("401"))).toHaveLength(1),
      20_000,
    );
    expect(JSON.stringify(await rows())).not.toContain("nearly");
    expect(await violations(stage)).toEqual([]);
  });
});

describe("the verification of a hook", () => {
  const get = (path: string, ...headers: string[]) => [
    `GET ${path} HTTP/1.1`,
    "host: flows.example",
    ...headers,
  ];
  const challenge = (value: string) => `x-okta-verification-challenge: ${value}`;

  test("gives the challenge back, and starts nothing", async () => {
    const before = await stored();
    const { status, body: said } = await answerTo(
      get(`/hooks/okta/${stage.endpointId}`, challenge("Pq8-5Y_zz")),
    );
    expect(status).toBe(200);
    expect(said).toContain('{"verification":"Pq8-5Y_zz"}');
    expect(await stored()).toEqual(before);
  });

  test.each([
    ["without a challenge", 400, () => get(`/hooks/okta/${stage.endpointId}`)],
    ["with one of 10 KB", 400, () => get(`/hooks/okta/${stage.endpointId}`, challenge("x".repeat(10_000)))],
    ["of a hook there is not", 404, () => get("/hooks/okta/none", challenge("abc"))],
  ])("%s is answered %i", async (_what, status, head) => {
    expect((await answerTo(head())).status).toBe(status);
  });
});

describe("a body that is none", () => {
  test.each<[string, number, string, () => string | Buffer]>([
    ["malformed JSON", 400, json, () => "{"],
    ["a truncated delivery", 400, json, () => body().slice(0, 200)],
    ["100,000 levels", 400, json, () => "[".repeat(100_000)],
    ["an array", 400, json, () => "[]"],
    ["bytes that are no text", 400, json, () => Buffer.from([0xff, 0xfe, 0x00])],
    ["a form", 415, "content-type: application/x-www-form-urlencoded", body],
    ["no content type", 415, "x-nothing: at all", body],
  ])("%s is answered %i, and nothing is stored", async (_what, status, type, text) => {
    const before = await stored();
    const bytes = Buffer.from(text());
    const answer = await answerTo(post(known(), type, `content-length: ${bytes.length}`), bytes);
    expect(answer.status).toBe(status);
    expect(await stored()).toEqual(before);
  });

  test.each<[string, (text: string) => string]>([
    ["begins with a byte order mark", (text) => `\uFEFF${text}`],
    ["names a key twice", (text) => text.replace("{", '{"eventId":"first",')],
    ["reaches for prototypes", (text) => text.replace("{", '{"__proto__":{"isAdmin":true},')],
    ["holds half a character", (text) => text.replace("Ann Lee", "Ann \\ud800 Lee")],
    ["holds a character no database stores", (text) => text.replace("Ann Lee", "Ann \\u0000 Lee")],
  ])("one that %s is refused whole or stored whole, and the process lives", async (_what, spoil) => {
    const [events = 0] = await stored();
    const bytes = Buffer.from(spoil(body()));
    const { status } = await answerTo(post(known(), json, `content-length: ${bytes.length}`), bytes);
    expect([204, 400]).toContain(status);
    expect((await stored())[0]).toBe(events + Number(status === 204));
    expect(web.lives).toBe(true);
  });
});

function residentBytes({ process }: TestWeb): number {
  const { stdout } = spawnSync("ps", ["-o", "rss=", "-p", String(process.pid)], { encoding: "utf8" });
  return Number(stdout) * 1024;
}

describe("a body of more than 1 MiB", () => {
  test("announced, is refused before any of it has come", async () => {
    expect((await answerTo(post(known(), json, "content-length: 10000000"))).status).toBe(413);
  });

  test("without a length, is refused with the first byte too many", async () => {
    const chunk = `${MIB.toString(16)}\r\n${"x".repeat(MIB)}\r\n`;
    const head = post(known(), json, "transfer-encoding: chunked");
    // The rest never comes, nor the end: the answer is due to the one byte beyond the limit.
    expect((await answerTo(head, chunk, "1\r\nx\r\n")).status).toBe(413);
  });

  test("sent again and again does not fill the memory", async () => {
    const big = "x".repeat(10 * MIB);
    const send = () =>
      web.post(stage.endpointId, big, { authorization: stage.secret }).catch(() => undefined);
    await send();
    const before = residentBytes(web);
    for (let turn = 0; turn < 20; turn++) await send();
    // Kept, they would be 200 MiB.
    expect(residentBytes(web) - before).toBeLessThan(100 * MIB);
  });

  test("does not keep a lawful one of 300 events and 900 KB out", async () => {
    const events = Array.from({ length: 300 }, () => oktaEvent({ filler: "x".repeat(2400) }));
    expect(JSON.stringify(oktaDelivery(events)).length).toBeGreaterThan(800_000);
    expect(await stage.deliver(web, events)).toBe(204);
    expect(await violations(stage)).toEqual([]);
  });
});
