import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { faultsSchema } from "../../../sandbox/control/faults.ts";
import type { Actor } from "../accounts/actor.ts";
import { listAlarms } from "../alarms/alarms.ts";
import { env } from "../env/env.ts";
import { clientOf } from "./client-of.ts";
import { openCredentials, sealCredentials } from "./credentials.ts";
import { getConnection } from "./list-connections.ts";
import { connectByConsent, WEB_APP } from "./test-consent.ts";
import { openTestOrg } from "./test-org.ts";
import { keepTokens } from "./token-keeper.ts";

const ann: Actor = { kind: "user", id: "ann", name: "Ann", role: "owner" };
let org: Awaited<ReturnType<typeof openTestOrg>>;
let aliases = 0;

beforeAll(async () => {
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(() => {
  org.sandbox.faults.set([]);
  org.sandbox.reset();
});

const grants = () =>
  org.sandbox.org.log.records.filter(({ eventType }) => eventType === "app.oauth2.token.grant").length;
const rowOf = (id: string) => org.prisma.connection.findUniqueOrThrow({ where: { id } });
const read = (connection: Awaited<ReturnType<typeof rowOf>>) =>
  clientOf(connection).request({ method: "GET", path: "/api/v1/users", query: { limit: 1 } });

async function connected(): Promise<string> {
  const alias = `renewal-${++aliases}`;
  expect(await connectByConsent(ann, org.sandbox, alias)).toMatchObject({ ok: true });
  return (await org.prisma.connection.findUniqueOrThrow({ where: { alias } })).id;
}

async function tokensOf(id: string) {
  const credentials = openCredentials(await rowOf(id));
  if (credentials.kind !== "oauth" || !credentials.tokens) throw new Error("The connection has no tokens.");
  return { credentials, tokens: credentials.tokens };
}

/** As if the hour of the access token were over, for us; the org ends it too. */
async function endAccessToken(id: string): Promise<void> {
  const { credentials, tokens } = await tokensOf(id);
  await org.prisma.connection.update({
    where: { id },
    data: {
      ...sealCredentials(id, { ...credentials, tokens: { ...tokens, expiresAt: Date.now() + 60_000 } }),
      tokenExpiresAt: new Date(Date.now() + 60_000),
    },
  });
}

function revokeAtOrg(token: string): void {
  const known = org.sandbox.org.oauth.find(token);
  if (!known) throw new Error("The org does not know this token.");
  org.sandbox.org.oauth.revoke(known);
}

describe("an access token", () => {
  it("costs no request and no query while it is good", async () => {
    const id = await connected();
    const before = grants();
    const client = clientOf(await rowOf(id));
    for (let call = 0; call < 5; call++) await client.request({ method: "GET", path: "/api/v1/users" });
    expect(grants()).toBe(before);
  });

  it("is renewed before it ends, with the newest refresh token kept", async () => {
    const id = await connected();
    const first = (await tokensOf(id)).tokens;
    await endAccessToken(id);
    expect((await read(await rowOf(id))).status).toBe(200);
    const second = (await tokensOf(id)).tokens;
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await endAccessToken(id);
    await keepTokens();
    expect((await tokensOf(id)).tokens.refreshToken).not.toBe(second.refreshToken);
    expect((await getConnection(ann, id)).status).toBe("connected");
  });

  it("stays in use while the org can't renew it", async () => {
    const id = await connected();
    await endAccessToken(id);
    const rule = { fault: "503", pathPrefix: "/oauth2/v1/token" };
    org.sandbox.faults.set(faultsSchema.parse({ rules: [rule] }).rules);
    expect((await read(await rowOf(id))).status).toBe(200);
    expect((await getConnection(ann, id)).status).toBe("connected");
  });

  it("is renewed once by eight callers in two processes", async () => {
    const id = await connected();
    await endAccessToken(id);
    const before = grants();
    const renewers = await Promise.all([startRenewer(id), startRenewer(id)]);
    // Slow enough that all eight are there before the first one has its answer.
    const rule = { fault: "latency", pathPrefix: "/oauth2/v1/token", ms: 300 };
    org.sandbox.faults.set(faultsSchema.parse({ rules: [rule] }).rules);
    const answers = await Promise.all(renewers.map((go) => go()));
    expect(answers.flat()).toEqual(Array.from({ length: 8 }, () => "200"));
    expect(grants()).toBe(before + 1);
  });
});

/** Starts a process that calls the org four times at once when it is told to. */
async function startRenewer(id: string): Promise<() => Promise<string[]>> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/test-renewer.ts`, id, "4"], {
    env: {
      ...process.env,
      DATABASE_URL: org.url,
      FLOWDECK_SECRET_KEY: env().secretKey.toString("base64"),
      BETTER_AUTH_SECRET: env().authSecret,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line === "ready") ready.resolve();
    else lines.push(line);
  });
  child.once("close", () => {
    ready.resolve();
    ended.resolve();
  });
  await ready.promise;
  return async () => {
    child.stdin.write("go\n");
    await ended.promise;
    return lines;
  };
}

describe("a process that dies between the org's answer and storing it", () => {
  /** The org has rotated; nobody stored what it answered. */
  async function lostAnswer(id: string): Promise<void> {
    const { tokens } = await tokensOf(id);
    const body = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: tokens.refreshToken ?? "",
      client_id: WEB_APP.clientId,
      client_secret: WEB_APP.clientSecret,
    });
    const answer = await fetch(`${org.sandbox.url}/oauth2/v1/token`, { method: "POST", body });
    expect(answer.status).toBe(200);
    await endAccessToken(id);
  }

  it("costs nothing within the org's grace", async () => {
    const id = await connected();
    await lostAnswer(id);
    expect((await read(await rowOf(id))).status).toBe(200);
    expect((await getConnection(ann, id)).status).toBe("connected");
  });

  it("is told as an ended authorization after it, with one alarm", async () => {
    const id = await connected();
    await lostAnswer(id);
    const app = org.sandbox.org.oauth.clients.get(WEB_APP.clientId);
    if (app) app.graceSeconds = -1;
    const connection = await rowOf(id);
    const calls = [read(connection), read(connection), read(connection)];
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: "rejected", reason: { details: { kind: "unauthorized" } } });
    }
    expect(await getConnection(ann, id)).toMatchObject({
      status: "broken",
      statusDetail: expect.stringContaining("refresh token is invalid"),
    });
    const { alarms } = await listAlarms(ann);
    expect(alarms.filter(({ objectId }) => objectId === id)).toMatchObject([
      { kind: "connection-broken", count: 1 },
    ]);
  });
});

describe("a 401", () => {
  it("renews once and sends the call again", async () => {
    const id = await connected();
    revokeAtOrg((await tokensOf(id)).tokens.accessToken);
    const before = grants();
    const made = await clientOf(await rowOf(id)).request({
      method: "GET",
      path: "/api/v1/users",
      query: { limit: 1 },
    });
    expect(made.status).toBe(200);
    expect(grants()).toBe(before + 1);
  });
});
