import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { authorizeAgain } from "./begin-authorization.ts";
import { clientOf } from "./client-of.ts";
import { openCredentials } from "./credentials.ts";
import { deleteConnection } from "./delete-connection.ts";
import { getConnection } from "./list-connections.ts";
import { connectServiceApp, createServiceKey } from "./service-app.ts";
import { openTestOrg } from "./test-org.ts";

const ann: Actor = { kind: "user", id: "ann", name: "Ann", role: "owner" };
const PLAIN = "0oaSandboxService05d";
const WITH_DPOP = "0oaSandboxDpopApp05d";
let org: Awaited<ReturnType<typeof openTestOrg>>;
let aliases = 0;

beforeAll(async () => {
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(() => org.sandbox.reset());

const appAt = (clientId: string) => {
  const app = org.sandbox.org.oauth.clients.get(clientId);
  if (!app) throw new Error(`The sandbox org has no client ${clientId}.`);
  return app;
};
const input = (key: string, clientId: string) => ({
  key,
  scopes: ["okta.groups.manage", "okta.users.read"],
  clientId,
  name: "Service",
  alias: `service-${++aliases}`,
  orgUrl: org.sandbox.url,
});

/** As an admin does it: makes the key, enters its public part in Okta, connects. */
async function connect(clientId: string) {
  const made = await createServiceKey(ann);
  appAt(clientId).keys = [{ ...made.publicKey }];
  const view = await connectServiceApp(ann, input(made.key, clientId));
  return org.prisma.connection.findUniqueOrThrow({ where: { id: view.id } });
}

describe.each([
  ["plain", PLAIN, false],
  ["DPoP", WITH_DPOP, true],
])("a service app with %s tokens", (_name, clientId, bound) => {
  it("connects with a key whose private part never leaves, reads and writes", async () => {
    const connection = await connect(clientId);
    const view = await getConnection(ann, connection.id);
    expect(view.authorization).toMatchObject({
      kind: "service",
      clientId,
      missing: [],
      publicKey: { kty: "EC" },
    });
    expect(view.authorization.publicKey).not.toHaveProperty("d");
    expect(view.adminLogin).toBeNull();
    expect(view.intake.hookStatus).toBe("verified");
    const client = clientOf(connection);
    const { body } = await client.request({
      method: "POST",
      path: "/api/v1/groups",
      body: { profile: { name: "Made" } },
    });
    expect(body).toMatchObject({ profile: { name: "Made" } });
    const names: unknown[] = [];
    for await (const page of client.pages({ path: "/api/v1/groups", query: { limit: 2 } }))
      names.push(...page);
    expect(names.length).toBeGreaterThan(2);
    const credentials = openCredentials(connection);
    expect(credentials.kind === "service" && credentials.tokens?.dpopKey !== undefined).toBe(bound);
  });

  const grants = () =>
    org.sandbox.org.log.records.filter(({ eventType }) => eventType === "app.oauth2.token.grant").length;

  it("gets a new token when Okta took the old one back", async () => {
    const connection = await connect(clientId);
    const { oauth } = org.sandbox.org;
    const before = grants();
    for (const token of [...oauth.tokens()]) oauth.revoke(token);
    const client = clientOf(connection);
    const call = { method: "GET", path: "/api/v1/users", query: { limit: 1 } } as const;
    expect((await client.request(call)).status).toBe(200);
    expect(grants()).toBe(before + 1);
  });

  it("has its token ended with the connection", async () => {
    const { id } = await connect(clientId);
    await deleteConnection(ann, id);
    expect([...org.sandbox.org.oauth.tokens()]).toEqual([]);
  });

  it("is authorized again with what its flows need now", async () => {
    const { id } = await connect(clientId);
    expect(await authorizeAgain(ann, id, { scopes: ["okta.users.manage"] })).toEqual({ authorizeUrl: null });
    expect((await getConnection(ann, id)).authorization.granted).toContain("okta.users.manage");
  });
});

describe("a key", () => {
  it("that Okta does not have yet can be tried again, and is used once", async () => {
    const made = await createServiceKey(ann);
    const refused = connectServiceApp(ann, input(made.key, PLAIN));
    await expect(refused).rejects.toMatchObject({
      code: "upstream-failed",
      body: { hint: expect.stringContaining("public key") },
    });
    appAt(PLAIN).keys = [{ ...made.publicKey }];
    expect(await connectServiceApp(ann, input(made.key, PLAIN))).toMatchObject({ status: "connected" });
    await expect(connectServiceApp(ann, input(made.key, PLAIN))).rejects.toMatchObject({ code: "conflict" });
  });

  it("belongs to who made it", async () => {
    const made = await createServiceKey(ann);
    appAt(PLAIN).keys = [{ ...made.publicKey }];
    const bob: Actor = { kind: "user", id: "bob", name: "Bob", role: "owner" };
    await expect(connectServiceApp(bob, input(made.key, PLAIN))).rejects.toMatchObject({ code: "conflict" });
  });
});

it("an app that lacks a scope is told which one, by the call that needed it", async () => {
  appAt(PLAIN).scopes = appAt(PLAIN).scopes.filter((scope) => scope !== "okta.groups.manage");
  const connection = await connect(PLAIN);
  const create = { method: "POST", path: "/api/v1/groups", body: { profile: { name: "No" } } } as const;
  await expect(clientOf(connection).request(create)).rejects.toMatchObject({
    message: "Okta refused: the connection lacks the scope okta.groups.manage.",
    details: {
      kind: "forbidden",
      hint: expect.stringContaining("Grant okta.groups.manage to the app, then authorize again"),
    },
  });
});
