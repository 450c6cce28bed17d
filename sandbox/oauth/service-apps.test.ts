import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

const post = (name: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  send("POST", `/oauth2/v1/${name}`, new URLSearchParams(form).toString(), {
    "content-type": "application/x-www-form-urlencoded",
    authorization: "",
    ...headers,
  });
const asBearer = (token: unknown, method: string, path: string) =>
  send(method, path, undefined, { authorization: `Bearer ${String(token)}` });

interface Key {
  alg: string;
  privateKey: KeyObject;
  jwk: Record<string, unknown>;
}
function makeKey(alg: "RS256" | "ES256"): Key {
  const pair =
    alg === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = { ...pair.publicKey.export({ format: "jwk" }), kid: alg };
  return { alg, privateKey: pair.privateKey, jwk };
}
function jwt(key: Key, header: object, payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: key.alg, ...header })}.${part(payload)}`;
  const signature = sign("sha256", Buffer.from(signed), { key: key.privateKey, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}
function assertion(key: Key, id: string, more: object = {}): Record<string, string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: id,
    sub: id,
    aud: `${sandbox.url}/oauth2/v1/token`,
    exp: now + 300,
    jti: randomUUID(),
  };
  return {
    grant_type: "client_credentials",
    scope: "okta.groups.read okta.apps.manage",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: jwt(key, { kid: key.jwk.kid }, { ...claims, ...more }),
  };
}
const give = (id: string, change: object) => send("PUT", `/sandbox/clients/${id}`, change);

describe("service apps", () => {
  it.each(["RS256", "ES256"] as const)(
    "prove themselves with %s, and drop scopes nobody granted",
    async (alg) => {
      const id = "0oaSandboxService05d";
      const key = makeKey(alg);
      await give(id, { keys: [key.jwk], scopes: ["okta.groups.read"] });
      const { body } = await post("token", assertion(key, id));
      expect(body).toMatchObject({ token_type: "Bearer", scope: "okta.groups.read" });
      expect(body.refresh_token).toBeUndefined();
      expect((await asBearer(body.access_token, "GET", "/api/v1/groups?limit=1")).status).toBe(200);
      expect((await asBearer(body.access_token, "GET", "/api/v1/apps")).status).toBe(403);
    },
  );

  it("are refused with a wrong key, audience, age or a used assertion", async () => {
    const id = "0oaSandboxService05d";
    const key = makeKey("ES256");
    await give(id, { keys: [key.jwk] });
    const now = Math.floor(Date.now() / 1000);
    const good = assertion(key, id);
    expect((await post("token", good)).status).toBe(200);
    for (const form of [
      good,
      assertion(makeKey("ES256"), id),
      assertion(key, id, { aud: "https://elsewhere.example/oauth2/v1/token" }),
      assertion(key, id, { exp: now - 1 }),
      assertion(key, id, { exp: now + 7300 }),
      assertion(key, id, { sub: "other" }),
      { grant_type: "client_credentials", scope: "okta.groups.read", client_id: id, client_secret: "x" },
    ]) {
      const answer = await post("token", form);
      expect([answer.status, answer.body.error]).toEqual([401, "invalid_client"]);
    }
  });

  it("are held to DPoP: nonce, binding, one proof per request", async () => {
    const id = "0oaSandboxDpopApp05d";
    const key = makeKey("ES256");
    await give(id, { keys: [key.jwk] });
    const { kid: _, ...jwk } = key.jwk;
    const proof = (method: string, path: string, more: object = {}) =>
      jwt(
        key,
        { typ: "dpop+jwt", jwk },
        {
          htm: method,
          htu: sandbox.url + path,
          iat: Math.floor(Date.now() / 1000),
          jti: randomUUID(),
          ...more,
        },
      );
    const none = await post("token", assertion(key, id));
    expect(none.body.error).toBe("invalid_dpop_proof");
    const first = await post("token", assertion(key, id), { dpop: proof("POST", "/oauth2/v1/token") });
    expect([first.status, first.body.error]).toEqual([400, "use_dpop_nonce"]);
    const nonce = first.headers.get("dpop-nonce");
    const second = await post("token", assertion(key, id), {
      dpop: proof("POST", "/oauth2/v1/token", { nonce }),
    });
    expect(second.body.token_type).toBe("DPoP");
    const token = String(second.body.access_token);
    const ath = createHash("sha256").update(token).digest("base64url");
    const call = (headers: Record<string, string>) =>
      send("GET", "/api/v1/groups?limit=1", undefined, headers);
    const used = { authorization: `DPoP ${token}`, dpop: proof("GET", "/api/v1/groups", { ath }) };
    expect((await call(used)).status).toBe(200);
    expect((await call(used)).status).toBe(401);
    expect((await call({ authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await call({ ...used, dpop: proof("GET", "/api/v1/groups") })).status).toBe(401);
    expect((await call({ ...used, dpop: proof("PUT", "/api/v1/groups", { ath }) })).status).toBe(401);
    const scope = await send("GET", "/api/v1/logs", undefined, {
      authorization: `DPoP ${token}`,
      dpop: proof("GET", "/api/v1/logs", { ath }),
    });
    expect(scope.headers.get("www-authenticate")).toMatch(/^DPoP algs="RS256 .*scope="okta.logs.read"/);
  });
});
