import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { clientSchema, makeClient } from "../../../sandbox/oauth/clients.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { authorizeAgain, beginAuthorization, redirectUri } from "./begin-authorization.ts";
import { clientOf } from "./client-of.ts";
import { openCredentials } from "./credentials.ts";
import { deleteConnection } from "./delete-connection.ts";
import { finishAuthorization } from "./finish-authorization.ts";
import { getConnection } from "./list-connections.ts";
import { loadChoices } from "./load-from-org.ts";
import { outcomeNote, readOutcomeNote } from "./outcome-note.ts";
import { connectByConsent, giveConsent, WEB_APP } from "./test-consent.ts";
import { openTestOrg } from "./test-org.ts";

const ann: Actor = { kind: "user", id: "ann", name: "Ann", role: "owner" };
const bob: Actor = { kind: "user", id: "bob", name: "Bob", role: "owner" };
let org: Awaited<ReturnType<typeof openTestOrg>>;
let aliases = 0;

beforeAll(async () => {
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(() => org.sandbox.reset());

const aliasOf = () => `consent-${++aliases}`;
const begin = (actor = ann, more: Partial<Parameters<typeof beginAuthorization>[1]> = {}) =>
  beginAuthorization(actor, { name: "Acme", alias: aliasOf(), orgUrl: org.sandbox.url, ...WEB_APP, ...more });
const tokensAtOrg = () => [...org.sandbox.org.oauth.tokens()];

async function connected(scopes: string[] = []) {
  const alias = aliasOf();
  const outcome = await connectByConsent(ann, org.sandbox, alias, scopes);
  expect(outcome).toMatchObject({ ok: true });
  return org.prisma.connection.findUniqueOrThrow({ where: { alias } });
}

describe("connecting an org by consent", () => {
  it("asks with PKCE, state and the scopes that are needed, and stores nothing in the open", async () => {
    const alias = aliasOf();
    const { authorizeUrl } = await begin(ann, { alias, scopes: ["okta.groups.manage"] });
    const url = new URL(authorizeUrl);
    expect(url.origin + url.pathname).toBe(`${org.sandbox.url}/oauth2/v1/authorize`);
    const asked = Object.fromEntries(url.searchParams);
    expect(asked).toMatchObject({
      client_id: WEB_APP.clientId,
      response_type: "code",
      redirect_uri: redirectUri(),
      code_challenge_method: "S256",
    });
    const scopes = asked.scope?.split(" ") ?? [];
    const person = ["openid", "profile", "offline_access"];
    const own = ["okta.eventHooks.manage", "okta.logs.read"];
    expect(scopes.toSorted()).toEqual([...person, ...own, "okta.groups.manage"].toSorted());
    // What manages may read: asking for both would show the admin the same right twice.
    const more = await begin(ann, { scopes: ["okta.groups.manage", "okta.groups.read"] });
    expect(new URL(more.authorizeUrl).searchParams.get("scope")).not.toContain("okta.groups.read");
    const attempts = JSON.stringify(await org.prisma.oauthAttempt.findMany());
    expect(attempts).not.toContain(asked.state);
    expect(attempts).not.toContain(WEB_APP.clientSecret);
  });

  it("ends with a connection that works, says whose it is and what it may do, and keeps its tokens sealed", async () => {
    const { id, alias } = await connected();
    const view = await getConnection(ann, id);
    expect(view).toMatchObject({ status: "connected", orgName: expect.any(String) });
    expect(view.adminLogin).toContain("@");
    expect(view.authorization).toMatchObject({
      kind: "oauth",
      clientId: WEB_APP.clientId,
      missing: [],
      authorizedBy: "Ann",
      expiresAt: expect.any(String),
    });
    expect(view.authorization.granted).toContain("okta.eventHooks.manage");
    expect(view.intake.hookStatus).toBe("verified");
    const row = await org.prisma.connection.findUniqueOrThrow({ where: { alias } });
    for (const { token } of tokensAtOrg()) expect(JSON.stringify([row, view])).not.toContain(token);
    const answer = await clientOf(row).request({ method: "GET", path: "/api/v1/users", query: { limit: 1 } });
    expect(answer.status).toBe(200);
  });

  it("works for a public app, which has no secret", async () => {
    const app = makeClient(clientSchema.parse({ id: "public", auth: "none" }), "public", "");
    org.sandbox.org.oauth.clients.set(app.id, app);
    const { authorizeUrl } = await begin(ann, { clientId: "public", clientSecret: undefined });
    expect(await finishAuthorization(ann, await giveConsent(authorizeUrl))).toMatchObject({ ok: true });
  });

  it("shows the scopes a flow needs beyond what was granted, and asks for them the next time", async () => {
    const { id, alias } = await connected();
    const document = documentOf({
      name: "Adds people",
      cards: { c1: { card: "okta.groups.addUser", v: 1, connection: alias } },
    });
    await addFlow(org, { document });
    const before = (await getConnection(ann, id)).authorization;
    expect(before.missing).toEqual(["okta.groups.manage"]);
    const { authorizeUrl } = await authorizeAgain(bob, id, {});
    const oldTokens = tokensAtOrg().map(({ token }) => token);
    expect(await finishAuthorization(bob, await giveConsent(authorizeUrl ?? ""))).toMatchObject({ ok: true });
    expect((await getConnection(ann, id)).authorization).toMatchObject({ missing: [], authorizedBy: "Bob" });
    expect(tokensAtOrg().filter(({ token }) => oldTokens.includes(token))).toEqual([]);
  });

  it("needs what cards that were run by hand lately need, and not what was tried long ago", async () => {
    const { id, alias } = await connected();
    const ran = (cardId: string, daysAgo: number) =>
      org.prisma.bulkRun.create({
        data: {
          id: randomUUID(),
          kind: "card",
          title: cardId,
          cardId,
          connection: alias,
          total: 1,
          createdBy: "Ann",
          createdAt: new Date(Date.now() - daysAgo * 86_400_000),
        },
      });
    await ran("okta.groups.addUser", 1);
    await ran("okta.apps.delete", 91);
    expect((await getConnection(ann, id)).authorization.needed).toEqual([
      "okta.eventHooks.manage",
      "okta.groups.manage",
      "okta.logs.read",
    ]);
  });

  it("opens no list it was not granted, and the refusal names the scope", async () => {
    const alias = aliasOf();
    const { authorizeUrl } = await begin(ann, { alias });
    expect(await finishAuthorization(ann, await giveConsent(authorizeUrl))).toMatchObject({ ok: true });
    const { id, orgName } = await org.prisma.connection.findUniqueOrThrow({ where: { alias } });
    const view = await getConnection(ann, id);
    expect({ orgName, missing: view.authorization.missing }).toEqual({ orgName: null, missing: [] });
    // The login stands in the id_token.
    expect(view.adminLogin).toContain("@");
    const list = loadChoices(ann, { alias, loaderId: "okta.groups", search: "" });
    await expect(list).rejects.toMatchObject({
      message: "Okta refused: the connection lacks the scope okta.groups.read.",
      body: { hint: expect.stringContaining("Grant okta.groups.read to the app") },
    });
  });

  it("says so when the app was not granted what was asked for", async () => {
    const app = org.sandbox.org.oauth.clients.get(WEB_APP.clientId);
    if (app) app.scopes = app.scopes.filter((scope) => scope !== "okta.logs.read");
    const outcome = await connectByConsent(ann, org.sandbox, aliasOf());
    expect(outcome).toMatchObject({ ok: true, message: expect.stringContaining("lacks okta.logs.read") });
  });
});

describe("what an org sends back", () => {
  it("is taken once, from the account that began it, within ten minutes", async () => {
    const { authorizeUrl } = await begin();
    const back = await giveConsent(authorizeUrl);
    expect((await finishAuthorization(bob, back)).message).toMatch(/not begun in your session/);
    expect(await finishAuthorization(ann, back)).toMatchObject({ ok: true });
    expect((await finishAuthorization(ann, back)).ok).toBe(false);
    const late = await giveConsent((await begin()).authorizeUrl);
    await org.prisma.oauthAttempt.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await finishAuthorization(ann, late)).ok).toBe(false);
    const other = new URLSearchParams({
      code: "x",
      state: "never-given",
      error_description: "Call +1 555 0100",
    });
    expect((await finishAuthorization(ann, other)).message).not.toContain("555");
  });

  it("of two at once with one state one wins", async () => {
    const back = await giveConsent((await begin()).authorizeUrl);
    const outcomes = await Promise.all([finishAuthorization(ann, back), finishAuthorization(ann, back)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("must come from the very org that was asked", async () => {
    const back = await giveConsent((await begin()).authorizeUrl);
    back.set("iss", "https://evil.example");
    expect((await finishAuthorization(ann, back)).message).toContain("evil.example");
    // The same org under another of its names calls itself by its own.
    const elsewhere = org.sandbox.url.replace("127.0.0.1", "localhost");
    const { authorizeUrl } = await begin(ann, { orgUrl: elsewhere });
    const outcome = await finishAuthorization(ann, await giveConsent(authorizeUrl));
    expect(outcome).toMatchObject({
      ok: false,
      message: expect.stringContaining(`calls itself ${org.sandbox.url}`),
    });
    expect(tokensAtOrg()).toEqual([]);
  });

  it("is worthless without the verifier", async () => {
    const first = await giveConsent((await begin()).authorizeUrl);
    const second = await giveConsent((await begin()).authorizeUrl);
    // A code slipped into somebody else's attempt.
    second.set("code", first.get("code") ?? "");
    expect((await finishAuthorization(ann, second)).message).toContain("PKCE");
  });

  it("is told in sentences when it is a refusal", async () => {
    const { authorizeUrl } = await begin();
    const state = new URL(authorizeUrl).searchParams.get("state") ?? "";
    const query = new URLSearchParams({ state, error: "access_denied", error_description: "Not assigned." });
    expect(await finishAuthorization(ann, query)).toEqual({
      ok: false,
      message: expect.stringContaining("did not authorize the app: Not assigned."),
      hint: expect.stringContaining("assigned"),
    });
    const wrongSecret = await begin(ann, { clientSecret: "wrong-wrong-wrong" });
    const outcome = await finishAuthorization(ann, await giveConsent(wrongSecret.authorizeUrl));
    expect(outcome).toMatchObject({ ok: false, hint: expect.stringContaining("client secret") });
  });

  it("leaves no tokens behind when the alias was taken meanwhile", async () => {
    const alias = aliasOf();
    const { authorizeUrl } = await begin(ann, { alias });
    const first = await connectByConsent(ann, org.sandbox, alias);
    expect(first.ok).toBe(true);
    const before = tokensAtOrg().length;
    expect((await finishAuthorization(ann, await giveConsent(authorizeUrl))).message).toContain(alias);
    expect(tokensAtOrg()).toHaveLength(before);
  });

  it("is not begun by API tokens, for addresses inside the network, or for a taken alias", async () => {
    const token: Actor = { kind: "token", id: "t", name: "t", role: "token" };
    await expect(begin(token)).rejects.toMatchObject({ code: "forbidden" });
    await expect(begin(ann, { orgUrl: "http://10.0.0.7" })).rejects.toMatchObject({ code: "bad-request" });
    const { alias } = await connected();
    await expect(begin(ann, { alias })).rejects.toMatchObject({ code: "conflict" });
  });
});

it("an outcome is shown to its account only, and only as it was written", () => {
  const outcome = { ok: false, message: "It did not work.", hint: "Try again." };
  const note = outcomeNote(ann, outcome);
  expect(readOutcomeNote(ann, note)).toEqual(outcome);
  expect(readOutcomeNote(bob, note)).toBeUndefined();
  expect(readOutcomeNote(ann, `${note.slice(0, -6)}AAAAAA`)).toBeUndefined();
  expect(readOutcomeNote(ann, "%%%")).toBeUndefined();
});

it("deleting a connection ends its tokens at the org", async () => {
  const { id, secret, secretKeyId } = await connected();
  const credentials = openCredentials({ id, secret, secretKeyId });
  expect(tokensAtOrg()).toHaveLength(2);
  expect(await deleteConnection(ann, id)).toEqual({ ok: true, tokens: "revoked" });
  expect(tokensAtOrg()).toEqual([]);
  expect(org.sandbox.org.hooks.size).toBe(0);
  expect(credentials.kind).toBe("oauth");
});
