import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { faultsSchema } from "../../../sandbox/control/faults.ts";
import type { Actor } from "../accounts/actor.ts";
import { listAlarms } from "../alarms/alarms.ts";
import { log } from "../log.ts";
import { updateConnection } from "./change-connection.ts";
import { createConnection } from "./create-connection.ts";
import { deleteConnection } from "./delete-connection.ts";
import { getConnection } from "./list-connections.ts";
import { connectServiceApp, createServiceKey } from "./service-app.ts";
import { takeBackConnections } from "./take-back-connections.ts";
import { testConnection } from "./test-connection.ts";
import { connectByConsent } from "./test-consent.ts";
import { openTestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
const leaver: Actor = { kind: "user", id: "2", name: "Leo", role: "admin" };

let org: Awaited<ReturnType<typeof openTestOrg>>;

beforeAll(async () => {
  log.level = "silent";
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(async () => {
  org.sandbox.reset();
  await org.prisma.connection.deleteMany();
  await org.prisma.alarm.deleteMany();
});

async function callOrg(method: string, path: string, body?: object, token = org.sandbox.token) {
  const headers = { authorization: `SSWS ${token}`, "content-type": "application/json" };
  return fetch(org.sandbox.url + path, { method, headers, body: body && JSON.stringify(body) });
}
/** An API token of an admin of the org. */
async function adminsToken(): Promise<string> {
  const { token } = (await (await callOrg("POST", "/sandbox/api-tokens", {})).json()) as { token: string };
  return token;
}
const isGood = async (token: string) => (await callOrg("GET", "/api/v1/users/me", undefined, token)).ok;
const connect = (actor: Actor, token: string, name = "Acme") =>
  createConnection(actor, { name, alias: `a${randomUUID().slice(0, 8)}`, orgUrl: org.sandbox.url, token });
const audited = async (objectId: string, action: string) =>
  (await org.prisma.auditEntry.findFirstOrThrow({ where: { objectId, action } })).detail;

describe("deleting a connection", () => {
  it("revokes its API token at Okta, after the hook was removed with it, and says so", async () => {
    const token = await adminsToken();
    const { id, alias } = await connect(owner, token);
    expect(await isGood(token)).toBe(true);
    expect(await deleteConnection(owner, id)).toEqual({ ok: true, tokens: "revoked" });
    expect(await isGood(token)).toBe(false);
    expect(org.sandbox.org.hooks.size).toBe(0);
    expect(await audited(id, "connection.delete")).toEqual({ alias, tokens: "revoked" });
  });

  it("keeps a token another connection uses, until that one goes too", async () => {
    const token = await adminsToken();
    const first = await connect(owner, token);
    const second = await connect(owner, token, "Acme again");
    expect(await deleteConnection(owner, first.id)).toEqual({
      ok: true,
      tokens: "kept",
      warning: "Acme again uses the same API token, so it was not revoked at Okta.",
    });
    expect(await isGood(token)).toBe(true);
    expect((await deleteConnection(owner, second.id)).tokens).toBe("revoked");
    expect(await isGood(token)).toBe(false);
  });

  it("keeps the sandbox org's own token", async () => {
    const { id } = await connect(owner, org.sandbox.token);
    expect(await deleteConnection(owner, id)).toEqual({ ok: true, tokens: "kept" });
    expect(await isGood(org.sandbox.token)).toBe(true);
  });

  it("tells where a token that could not be revoked is to be ended, and forgets it all the same", async () => {
    const token = await adminsToken();
    const { id, alias } = await connect(owner, token);
    const rule = { fault: "500", method: "DELETE", pathPrefix: "/api/v1/api-tokens" };
    org.sandbox.faults.set(faultsSchema.parse({ rules: [rule] }).rules);
    const { tokens, warning } = await deleteConnection(owner, id);
    expect(tokens).toBe("failed");
    expect(warning).toMatch(
      /could not be revoked at 127\.0\.0\.1:\d+: Okta answered 500.*Security, API, Tokens\.$/,
    );
    expect(await org.prisma.connection.findUnique({ where: { id } })).toBeNull();
    expect(await audited(id, "connection.delete")).toEqual({ alias, tokens: "failed" });
  });

  it("takes a token that is dead already for revoked", async () => {
    const token = await adminsToken();
    const { id } = await connect(owner, token);
    await callOrg("DELETE", "/api/v1/api-tokens/current", undefined, token);
    expect((await deleteConnection(owner, id)).tokens).toBe("revoked");
  });
});

it("giving a connection another API token leaves the old one: it may serve something else", async () => {
  const [before, after] = [await adminsToken(), await adminsToken()];
  const { id } = await connect(owner, before);
  await updateConnection(owner, id, { token: after });
  expect([await isGood(before), await isGood(after)]).toEqual([true, true]);
});

describe("removing the admin who connected", () => {
  it("revokes an API token, breaks the connection with a reason and an alarm, and another's token mends it", async () => {
    const token = await adminsToken();
    const { id, alias } = await connect(leaver, token);
    const mine = await connect(owner, org.sandbox.token);
    expect(await takeBackConnections(leaver)).toEqual({ tokens: { [alias]: "revoked" }, warnings: [] });
    expect(await isGood(token)).toBe(false);
    const statusDetail =
      "Its API token was given by Leo, who was removed. Give it the token of another admin.";
    expect(await getConnection(owner, id)).toMatchObject({ status: "broken", statusDetail });
    expect((await listAlarms(owner)).alarms).toMatchObject([
      { kind: "connection-broken", objectId: id, message: `Acme: ${statusDetail}` },
    ]);
    expect((await getConnection(owner, mine.id)).status).toBe("connected");
    // Trying it does not bring it back: the token is forgotten here as well.
    expect((await testConnection(owner, id)).ok).toBe(false);
    await updateConnection(owner, id, { token: await adminsToken() });
    expect((await getConnection(owner, id)).status).toBe("connected");
    expect((await listAlarms(owner)).alarms).toEqual([]);
    // It is the owner's now.
    expect(await takeBackConnections(leaver)).toEqual({ tokens: {}, warnings: [] });
  });

  it("breaks a connection whose token is not revoked because another uses it", async () => {
    const token = await adminsToken();
    const theirs = await connect(leaver, token);
    const mine = await connect(owner, token, "Acme of Ann");
    const { tokens, warnings } = await takeBackConnections(leaver);
    expect(tokens).toEqual({ [theirs.alias]: "kept" });
    expect(warnings).toEqual(["Acme of Ann uses the same API token, so it was not revoked at Okta."]);
    expect(await isGood(token)).toBe(true);
    expect((await testConnection(owner, theirs.id)).ok).toBe(false);
    expect((await getConnection(owner, mine.id)).status).toBe("connected");
  });

  it("revokes a consent and a service app's token; the apps stay known for the next admin", async () => {
    await connectByConsent(leaver, org.sandbox, "consent");
    const key = await createServiceKey(leaver);
    const clientId = "0oaSandboxService05d";
    const app = org.sandbox.org.oauth.clients.get(clientId);
    if (app) app.keys = [{ ...key.publicKey }];
    const input = { key: key.key, name: "App", alias: "app", orgUrl: org.sandbox.url, clientId };
    await connectServiceApp(leaver, input);
    expect([...org.sandbox.org.oauth.tokens()].length).toBeGreaterThan(0);
    const { tokens, warnings } = await takeBackConnections(leaver);
    expect({ tokens, warnings }).toEqual({ tokens: { consent: "revoked", app: "revoked" }, warnings: [] });
    expect([...org.sandbox.org.oauth.tokens()]).toEqual([]);
    const rows = await org.prisma.connection.findMany({ orderBy: { alias: "asc" } });
    expect(rows.map(({ status, statusDetail, clientId: id }) => ({ status, statusDetail, id }))).toEqual([
      {
        status: "broken",
        statusDetail:
          "Its service app was set up by Leo, who was removed. Check the app's admin role in Okta, then authorize it again.",
        id: clientId,
      },
      {
        status: "broken",
        statusDetail: "It was authorized by Leo, who was removed. Authorize it again.",
        id: expect.any(String),
      },
    ]);
  });
});
