import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, type Received, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;
let ahead = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => Date.now() + ahead });
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

const web = {
  client_id: "0oaSandboxWebApp005d",
  client_secret: "sandbox-client-secret-that-guards-nothing",
};
const REDIRECT = "http://127.0.0.1:9999/callback";
const VERIFIER = "a-verifier-long-enough-for-pkce-0123456789-0123456789";
const challenge = createHash("sha256").update(VERIFIER).digest("base64url");

async function authorize(more: Record<string, string> = {}): Promise<URL> {
  const query = new URLSearchParams({
    client_id: web.client_id,
    response_type: "code",
    redirect_uri: REDIRECT,
    scope: "openid offline_access okta.users.read okta.groups.manage",
    state: "s1",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  });
  const answer = await fetch(`${sandbox.url}/oauth2/v1/authorize?${query}`, { redirect: "manual" });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get("location") ?? "");
}
const post = (name: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  send("POST", `/oauth2/v1/${name}`, new URLSearchParams(form).toString(), {
    "content-type": "application/x-www-form-urlencoded",
    authorization: "",
    ...headers,
  });
const exchange = (code: string, more: Record<string, string> = {}) =>
  post("token", {
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...web,
    ...more,
  });
async function login(): Promise<Received> {
  return exchange((await authorize()).searchParams.get("code") ?? "");
}
const refresh = (token: unknown) =>
  post("token", { grant_type: "refresh_token", refresh_token: String(token), ...web });
const asBearer = (token: unknown, method: string, path: string, body?: unknown) =>
  send(method, path, body, { authorization: `Bearer ${String(token)}` });

describe("authorization code", () => {
  it("gives tokens that act as the admin, within their scopes", async () => {
    const back = await authorize();
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get("state")).toBe("s1");
    const { body } = await exchange(back.searchParams.get("code") ?? "");
    expect(body).toMatchObject({
      token_type: "Bearer",
      expires_in: 3600,
      scope: "openid offline_access okta.users.read okta.groups.manage",
      refresh_token: expect.any(String),
      id_token: expect.any(String),
    });
    const who = await asBearer(body.access_token, "GET", "/oauth2/v1/userinfo");
    expect(who.body).toEqual({ sub: sandbox.org.owners.full });
    expect((await asBearer("none", "GET", "/oauth2/v1/userinfo")).status).toBe(401);
    const me = await asBearer(body.access_token, "GET", "/api/v1/users/me");
    expect(me.body.profile).toMatchObject({ login: "grace.okafor@example.com" });
    expect((await asBearer(body.access_token, "GET", "/api/v1/groups")).status).toBe(200);
    const group = { profile: { name: "By token" } };
    expect((await asBearer(body.access_token, "POST", "/api/v1/groups", group)).status).toBe(200);
    expect(sandbox.org.log.records.at(-1)?.origin.actor.displayName).toBe("Grace Okafor");
  });

  it("is refused without the scope, with an empty body", async () => {
    const { body } = await login();
    const response = await fetch(`${sandbox.url}/api/v1/users/00u1`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${String(body.access_token)}` },
    });
    expect([response.status, await response.text()]).toEqual([403, ""]);
    expect(response.headers.get("www-authenticate")).toBe(
      `Bearer authorization_uri="${sandbox.url}/oauth2/v1/authorize", realm="${sandbox.url}", scope="okta.users.manage", ` +
        'error="insufficient_scope", error_description="The access token provided does not contain the required scopes.", ' +
        'resource="/api/v1/users/00u1"',
    );
  });

  it("takes a code once, from its client, with its verifier", async () => {
    const code = async () => (await authorize()).searchParams.get("code") ?? "";
    const once = await code();
    expect((await exchange(once)).status).toBe(200);
    expect((await exchange(once)).body.error).toBe("invalid_grant");
    expect((await exchange(await code(), { code_verifier: "wrong" })).body.error).toBe("invalid_grant");
    expect((await exchange(await code(), { redirect_uri: "http://127.0.0.1/x" })).body.error).toBe(
      "invalid_grant",
    );
    const stranger = await exchange(await code(), { client_secret: "wrong" });
    expect([stranger.status, stranger.body.error]).toEqual([401, "invalid_client"]);
  });

  it("sends errors back, but never to a foreign address", async () => {
    const plain = await authorize({ code_challenge_method: "plain" });
    expect(plain.searchParams.get("error")).toBe("invalid_request");
    expect((await authorize({ scope: "nonsense" })).searchParams.get("error")).toBe("invalid_scope");
    expect((await authorize({ login_hint: "olga.ivanova" })).searchParams.get("error")).toBe("access_denied");
    for (const foreign of ["https://evil.example/", "http://localhost.evil.example/"]) {
      const query = new URLSearchParams({ client_id: web.client_id, redirect_uri: foreign });
      const answer = await fetch(`${sandbox.url}/oauth2/v1/authorize?${query}`, { redirect: "manual" });
      expect(answer.status).toBe(400);
    }
  });
});

describe("refresh, revoke, introspect", () => {
  it("rotates, with grace, and ends everything when an old token comes late", async () => {
    const first = (await login()).body;
    const second = (await refresh(first.refresh_token)).body;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const again = (await refresh(first.refresh_token)).body;
    expect(again.access_token).toBeDefined();
    ahead += 31_000;
    expect((await refresh(first.refresh_token)).body.error).toBe("invalid_grant");
    expect((await refresh(second.refresh_token)).body.error).toBe("invalid_grant");
    expect((await asBearer(second.access_token, "GET", "/api/v1/users/me")).status).toBe(401);
  });

  it("revokes a refresh token with its access tokens, not the other way round", async () => {
    const { body } = await login();
    const revoke = (token: unknown) => post("revoke", { token: String(token), ...web });
    expect((await revoke(body.access_token)).status).toBe(200);
    expect((await asBearer(body.access_token, "GET", "/api/v1/users/me")).status).toBe(401);
    const next = (await refresh(body.refresh_token)).body;
    expect((await asBearer(next.access_token, "GET", "/api/v1/users/me")).status).toBe(200);
    await revoke(next.refresh_token);
    expect((await asBearer(next.access_token, "GET", "/api/v1/users/me")).status).toBe(401);
    expect((await revoke("nothing")).status).toBe(200);
  });

  it("introspects, and lets tokens expire after an hour", async () => {
    const { body } = await login();
    const look = async () => (await post("introspect", { token: String(body.access_token), ...web })).body;
    expect(await look()).toMatchObject({
      active: true,
      client_id: web.client_id,
      username: "grace.okafor@example.com",
    });
    ahead += 3_600_000;
    expect(await look()).toEqual({ active: false });
    const late = await asBearer(body.access_token, "GET", "/api/v1/users/me");
    expect([late.status, late.body.errorCode]).toEqual([401, "E0000011"]);
    expect(late.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("ends a person's tokens with their sessions", async () => {
    const { body } = await login();
    const me = sandbox.org.owners.full;
    await send("DELETE", `/api/v1/users/${me}/sessions?oauthTokens=true`);
    expect((await asBearer(body.access_token, "GET", "/api/v1/users/me")).status).toBe(401);
  });
});

describe("clients", () => {
  it("are made through the control API", async () => {
    const made = await send("POST", "/sandbox/clients", { name: "Mine", rotate: false });
    expect([made.status, made.body.name]).toEqual([201, "Mine"]);
    expect(String(made.body.secret).length).toBeGreaterThan(20);
    expect((await send("POST", "/sandbox/clients", { nope: 1 })).status).toBe(400);
    expect((await send("PUT", "/sandbox/clients/none", {})).status).toBe(404);
  });

  it("find the endpoints in the metadata", async () => {
    const { body } = await send("GET", "/.well-known/openid-configuration", undefined, { authorization: "" });
    expect(body).toMatchObject({ issuer: sandbox.url, token_endpoint: `${sandbox.url}/oauth2/v1/token` });
    const keys = await send("GET", "/oauth2/v1/keys", undefined, { authorization: "" });
    expect(keys.body.keys).toMatchObject([{ kty: "RSA", alg: "RS256" }]);
  });
});
