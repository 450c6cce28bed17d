import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "./actor.ts";
import { authenticate } from "./current-actor.ts";
import { actorOf, HOST, openTestConsole } from "./test-console.ts";
import { actorOfToken, createToken, listTokens, revokeToken } from "./tokens.ts";

let console_: Awaited<ReturnType<typeof openTestConsole>>;
let cookie: string;
let owner: Actor;
beforeAll(async () => {
  console_ = await openTestConsole();
  cookie = await console_.setUp();
  owner = await actorOf(cookie);
});
afterAll(() => console_.drop());

const program: Actor = { kind: "token", id: "t1", name: "Export", role: "token" };
const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}`, host: HOST });

describe("API tokens", () => {
  test("are shown once, kept as a hash, and act with a role of their own", async () => {
    const created = await createToken({ actor: owner, body: { name: "Export" } });
    expect(created.token).toMatch(/^flowdeck_[A-Za-z0-9_-]{43}$/);
    expect(created.token.startsWith(created.prefix)).toBe(true);
    const stored = await console_.pool.query("select row_to_json(t)::text as row from api_tokens t");
    expect(JSON.stringify(stored.rows)).not.toContain(created.token.slice(created.prefix.length));
    expect(JSON.stringify(await listTokens({ actor: owner }))).not.toContain(created.token);
    expect(await authenticate(bearer(created.token))).toEqual({
      by: "token",
      actor: { kind: "token", id: created.id, name: "Export", role: "token" },
    });
  });

  test("stop working when revoked", async () => {
    const { id, token } = await createToken({ actor: owner, body: { name: "Short-lived" } });
    await revokeToken({ actor: owner, params: { id } });
    expect(await actorOfToken(token)).toBeUndefined();
    await expect(authenticate(bearer(token))).rejects.toMatchObject({ code: "not-signed-in" });
    await expect(revokeToken({ actor: owner, params: { id } })).rejects.toMatchObject({ code: "not-found" });
  });

  test("are refused when unknown, even beside a good cookie", async () => {
    const headers = bearer("flowdeck_unknown");
    headers.set("cookie", cookie);
    await expect(authenticate(headers)).rejects.toMatchObject({ code: "not-signed-in", status: 401 });
    headers.set("authorization", "Basic b2Y6cHJveHk=");
    expect(await authenticate(headers)).toMatchObject({ by: "cookie" });
  });

  test("note their use, at most once a minute", async () => {
    const { id, token } = await createToken({ actor: owner, body: { name: "Busy" } });
    const lastUsed = async () => (await console_.prisma.apiToken.findUnique({ where: { id } }))?.lastUsedAt;
    expect(await lastUsed()).toBeNull();
    await actorOfToken(token);
    const first = await lastUsed();
    expect(first).toBeInstanceOf(Date);
    await actorOfToken(token);
    expect(await lastUsed()).toEqual(first);
    await console_.pool.query("update api_tokens set last_used_at = now() - interval '61 seconds'");
    await actorOfToken(token);
    expect((await lastUsed())?.getTime()).toBeGreaterThanOrEqual(
      first?.getTime() ?? Number.POSITIVE_INFINITY,
    );
  });

  test("can't make or revoke tokens", async () => {
    await expect(createToken({ actor: program, body: { name: "Heir" } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(listTokens({ actor: program })).rejects.toMatchObject({ code: "forbidden" });
    await expect(revokeToken({ actor: program, params: { id: "x" } })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("leave their making and revoking in the audit log", async () => {
    const { id } = await createToken({ actor: owner, body: { name: "Recorded" } });
    await revokeToken({ actor: owner, params: { id } });
    const rows = await console_.prisma.auditEntry.findMany({
      where: { objectId: id },
      orderBy: { id: "asc" },
    });
    expect(rows.map(({ actor, action, detail }) => ({ actor, action, detail }))).toEqual([
      { actor: `user:${owner.id}`, action: "token.create", detail: { name: "Recorded" } },
      { actor: `user:${owner.id}`, action: "token.revoke", detail: {} },
    ]);
  });
});
