import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { CardError } from "../../../cards/errors.ts";
import { verifyIdToken } from "./id-token.ts";
import { orgKeys } from "./org-keys.ts";

const NOW = Date.parse("2026-11-20T09:00:00.000Z");
const ORG = generateKeyPairSync("rsa", { modulusLength: 2048 });
const OTHER = generateKeyPairSync("rsa", { modulusLength: 2048 });
const expected = {
  issuer: "https://acme.okta.com",
  clientId: "0oaApp",
  nonce: "n-1",
  now: NOW,
  keys: new Map([["k1", ORG.publicKey]]),
};
const CLAIMS = {
  iss: expected.issuer,
  aud: expected.clientId,
  nonce: expected.nonce,
  exp: NOW / 1000 + 3600,
  preferred_username: "ada@acme.example",
};

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
function signed(
  claims: object,
  header: object = { alg: "RS256", kid: "k1" },
  key: KeyObject = ORG.privateKey,
) {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

function codeOf(idToken: string): string | undefined {
  try {
    verifyIdToken(idToken, expected);
    return undefined;
  } catch (error) {
    return error instanceof CardError ? error.details.code : "something else";
  }
}

describe("an id_token", () => {
  it("of the org, for this app and this attempt, names the admin", () => {
    expect(verifyIdToken(signed(CLAIMS), expected)).toBe("ada@acme.example");
    expect(verifyIdToken(signed({ ...CLAIMS, aud: ["other", "0oaApp"] }), expected)).toBe("ada@acme.example");
    expect(verifyIdToken(signed({ ...CLAIMS, preferred_username: undefined }), expected)).toBeNull();
  });

  const [header, , signature] = signed(CLAIMS).split(".");
  const none = `${part({ alg: "none", kid: "k1" })}.${part(CLAIMS)}`;
  // A public key used as the secret of a keyed hash: what a verifier that believes the header's algorithm accepts.
  const hashed = `${part({ alg: "HS256", kid: "k1" })}.${part(CLAIMS)}`;
  const pem = ORG.publicKey.export({ type: "spki", format: "pem" });
  it.each([
    ["signed by somebody else", signed(CLAIMS, undefined, OTHER.privateKey)],
    [
      "with claims changed after signing",
      `${header}.${part({ ...CLAIMS, preferred_username: "eve" })}.${signature}`,
    ],
    ["with a key the org does not publish", signed(CLAIMS, { alg: "RS256", kid: "k2" })],
    ["with no key named", signed(CLAIMS, { alg: "RS256" })],
    ["without a signature", `${none}.`],
    [
      "with a keyed hash for a signature",
      `${hashed}.${createHmac("sha256", pem).update(hashed).digest("base64url")}`,
    ],
    ["with more parts than three", `${signed(CLAIMS)}.x`],
    ["that is none", "nothing"],
  ])("%s is not used", (_what, idToken) => {
    expect(codeOf(idToken)).toBe("oauth-wrong-signature");
  });

  it.each([
    ["of another org", { iss: "https://evil.example" }],
    ["for another app", { aud: "0oaOther" }],
    ["of another attempt", { nonce: "n-2" }],
    ["without a nonce", { nonce: undefined }],
    ["that has ended", { exp: NOW / 1000 - 301 }],
    ["without an end", { exp: undefined }],
  ])("%s is refused though the org signed it", (_what, change) => {
    expect(codeOf(signed({ ...CLAIMS, ...change }))).toBe("oauth-wrong-issuer");
  });
});

describe("the org's keys", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function publishing(status: number, body: unknown): Promise<string> {
    server = createServer((_request, response) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const jwk = (key: KeyObject, more: object) => ({ ...key.export({ format: "jwk" }), ...more });

  it("are those for signatures of the one algorithm", async () => {
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey;
    const url = await publishing(200, {
      keys: [
        jwk(ORG.publicKey, { kid: "k1", use: "sig", alg: "RS256" }),
        jwk(OTHER.publicKey, { kid: "k2", use: "enc" }),
        jwk(ec, { kid: "k3", use: "sig", alg: "ES256" }),
        "odd",
      ],
    });
    const keys = await orgKeys(url);
    expect([...keys.keys()]).toEqual(["k1"]);
    expect(verifyIdToken(signed(CLAIMS), { ...expected, keys })).toBe("ada@acme.example");
  });

  it("are refused where they are too short", async () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
    await expect(orgKeys(await publishing(200, { keys: [jwk(short, { kid: "k1" })] }))).rejects.toMatchObject(
      {
        details: { code: "oauth-weak-key" },
      },
    );
  });

  it("are an error of the org where it gives none", async () => {
    await expect(orgKeys(await publishing(503, {}))).rejects.toMatchObject({
      details: { kind: "unavailable", status: 503 },
    });
  });
});
