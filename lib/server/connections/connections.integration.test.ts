import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { faultsSchema } from "../../../sandbox/control/faults.ts";
import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { ApiProblem } from "../http/problem.ts";
import { registerHook, updateConnection } from "./change-connection.ts";
import { createConnection } from "./create-connection.ts";
import { sealCredentials } from "./credentials.ts";
import { deleteConnection } from "./delete-connection.ts";
import { createEngineConnections } from "./engine-connections.ts";
import { syncHook } from "./hook.ts";
import { getConnection, listConnections } from "./list-connections.ts";
import { listEvents } from "./list-events.ts";
import { loadChoices, loadFields } from "./load-from-org.ts";
import { testConnection } from "./test-connection.ts";
import { openTestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
let org: Awaited<ReturnType<typeof openTestOrg>>;
let aliases = 0;

beforeAll(async () => {
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(async () => {
  org.sandbox.reset();
  await org.prisma.flowListener.deleteMany();
  await org.prisma.flow.updateMany({ data: { deletedAt: new Date(), on: false } });
});

const newOrg = () => ({
  name: "Sandbox",
  alias: `org-${++aliases}`,
  orgUrl: org.sandbox.url,
  token: org.sandbox.token,
});
const connect = () => createConnection(owner, newOrg());
const storedHooks = () => org.sandbox.org.hooks;

/** From now on the org fails every call this way. */
const fail = (fault: "500" | "503" | "reset-before") =>
  org.sandbox.faults.set(faultsSchema.parse({ rules: [{ fault }] }).rules);

async function problemOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof ApiProblem) return thrown;
  throw new Error(`an ApiProblem was expected, got ${String(thrown)}`);
}

/** The client a card of a running flow gets. */
async function clientFor(alias: string): Promise<OktaClient> {
  return (await createEngineConnections().client("okta", alias, () => undefined)) as OktaClient;
}

async function addSomebodyToAGroup(): Promise<void> {
  const headers = { authorization: `SSWS ${org.sandbox.token}` };
  const list = async (path: string) =>
    (await fetch(org.sandbox.url + path, { headers })).json() as Promise<{ id: string }[]>;
  const [group] = await list("/api/v1/groups?q=Quarantine");
  const [user] = await list("/api/v1/users?q=Ann&limit=1");
  const added = await fetch(`${org.sandbox.url}/api/v1/groups/${group?.id}/users/${user?.id}`, {
    method: "PUT",
    headers,
  });
  expect(added.status).toBe(204);
}

describe("connecting an org", () => {
  it("says which org and which admin, keeps the token to itself, and registers one verified hook", async () => {
    const connection = await connect();
    expect(connection).toMatchObject({ status: "connected", orgName: expect.any(String), sandbox: true });
    expect(connection.adminLogin).toContain("@");
    expect(connection.intake).toMatchObject({
      mode: "hook",
      hookStatus: "verified",
      hookDetail: null,
      hooksIdle: true,
    });
    const row = await org.prisma.connection.findUniqueOrThrow({ where: { id: connection.id } });
    expect(JSON.stringify([row, connection, await listConnections(owner)])).not.toContain(org.sandbox.token);
    expect(row.secretKeyId).not.toBe("");
    await syncHook(connection.id);
    await registerHook(owner, connection.id);
    expect(storedHooks().size).toBe(1);
  });

  it("stores nothing when the org refuses the token, the address can't be used, or the alias is taken", async () => {
    const before = await org.prisma.connection.count();
    expect((await problemOf(createConnection(owner, { ...newOrg(), token: "wrong" }))).code).toBe(
      "upstream-failed",
    );
    expect((await problemOf(createConnection(owner, { ...newOrg(), orgUrl: "http://10.0.0.1" }))).code).toBe(
      "bad-request",
    );
    expect(
      (await problemOf(createConnection(owner, { ...newOrg(), orgUrl: "http://127.0.0.1:1" }))).code,
    ).toBe("upstream-failed");
    expect(await org.prisma.connection.count()).toBe(before);
    const { alias } = await connect();
    expect((await problemOf(createConnection(owner, { ...newOrg(), alias }))).code).toBe("conflict");
  });

  it("tests a connection, and says why when it no longer works", async () => {
    const { id } = await connect();
    expect(await testConnection(owner, id)).toMatchObject({
      ok: true,
      message: expect.stringContaining("as "),
    });
    fail("503");
    const down = await testConnection(owner, id);
    expect(down).toMatchObject({ ok: false, message: expect.stringContaining("503") });
  });
});

describe("the hook", () => {
  it("follows the flows that are on without losing its verification", async () => {
    const { id } = await connect();
    const listensTo = {
      connectionId: id,
      eventTypes: ["group.user_membership.add", "user.lifecycle.suspend"],
    };
    await addFlow(org, { listensTo });
    await syncHook(id);
    const { intake } = await getConnection(owner, id);
    expect(intake).toMatchObject({
      hookStatus: "verified",
      hooksIdle: false,
      eventTypes: listensTo.eventTypes,
    });
    const [hook] = storedHooks().all();
    expect(hook).toMatchObject({ verificationStatus: "VERIFIED", status: "ACTIVE" });
    expect(storedHooks().size).toBe(1);
  });

  it("brings events in, once each, and starts the flow that listens", async () => {
    const { id, alias } = await connect();
    const flow = await addFlow(org, {
      listensTo: { connectionId: id, eventTypes: ["group.user_membership.add"] },
    });
    await syncHook(id);
    await addSomebodyToAGroup();
    await vi.waitFor(
      async () => expect(await org.prisma.execution.count({ where: { flowId: flow.id } })).toBe(1),
      20_000,
    );
    const { events } = await listEvents(owner, { alias, types: "group.user_membership.add", limit: 10 });
    expect(events).toHaveLength(1);
    expect(events[0]?.summary).toContain("Quarantine");
    expect(events[0]?.payload.envelope).toMatchObject({ eventId: expect.any(String) });
  });

  it("is registered again when the org has forgotten it or an admin switched it off", async () => {
    const { id } = await connect();
    org.sandbox.reset();
    await syncHook(id);
    const [hook] = storedHooks().all();
    if (!hook) throw new Error("the hook is expected to be there again");
    hook.status = "INACTIVE";
    await syncHook(id);
    expect([...storedHooks().all()].map(({ status }) => status)).toEqual(["ACTIVE"]);
    expect((await getConnection(owner, id)).intake.hookStatus).toBe("verified");
  });

  it("gets a new secret with a new key, so that its deliveries go on being accepted", async () => {
    const { id } = await connect();
    // As an installation with another FLOWDECK_SECRET_KEY left it.
    const [hook] = storedHooks().all();
    if (hook?.channel.authScheme) hook.channel.authScheme.value = "of the old key";
    await org.prisma.connection.update({ where: { id }, data: { hookSecretHash: "of the old key" } });
    const flow = await addFlow(org, {
      listensTo: { connectionId: id, eventTypes: ["group.user_membership.add"] },
    });
    await syncHook(id);
    await addSomebodyToAGroup();
    await vi.waitFor(
      async () => expect(await org.prisma.execution.count({ where: { flowId: flow.id } })).toBe(1),
      20_000,
    );
  });

  it("is adopted when its registration was answered while nobody listened any more", async () => {
    org.sandbox.faults.set(
      faultsSchema.parse({
        rules: [{ fault: "reset-after", method: "POST", pathPrefix: "/api/v1/eventHooks", next: 1 }],
      }).rules,
    );
    const { id } = await connect();
    expect((await getConnection(owner, id)).intake.hookStatus).toBe("failed");
    await syncHook(id);
    expect((await getConnection(owner, id)).intake.hookStatus).toBe("verified");
    expect(storedHooks().size).toBe(1);
  });

  it("shows why it could not be registered, and mends with the next round", async () => {
    const { id } = await connect();
    org.sandbox.reset();
    fail("500");
    await syncHook(id);
    expect((await getConnection(owner, id)).intake).toMatchObject({
      hookStatus: "failed",
      hookDetail: expect.stringContaining("500"),
    });
    org.sandbox.faults.set([]);
    await syncHook(id);
    expect((await getConnection(owner, id)).intake).toMatchObject({
      hookStatus: "verified",
      hookDetail: null,
    });
  });
});

describe("deleting a connection", () => {
  it("is refused, naming the flows, while flows use it", async () => {
    const { id, alias } = await connect();
    const document = documentOf({
      name: "Leavers",
      cards: { c1: { card: "okta.users.read", v: 1, connection: alias } },
    });
    await addFlow(org, { document });
    const refused = await problemOf(deleteConnection(owner, id));
    expect(refused.code).toBe("conflict");
    expect(refused.message).toContain("Leavers");
  });

  it("removes the hook, forgets the secret, and keeps what started an execution readable", async () => {
    const { id } = await connect();
    const flow = await addFlow(org, {
      listensTo: { connectionId: id, eventTypes: ["group.user_membership.add"] },
    });
    await syncHook(id);
    await addSomebodyToAGroup();
    await vi.waitFor(
      async () => expect(await org.prisma.execution.count({ where: { flowId: flow.id } })).toBe(1),
      20_000,
    );
    await deleteConnection(owner, id);
    expect(storedHooks().size).toBe(0);
    expect(await org.prisma.connection.findUnique({ where: { id } })).toBeNull();
    const execution = await org.prisma.execution.findFirstOrThrow({ where: { flowId: flow.id } });
    expect(execution.trigger).toMatchObject({ eventType: "group.user_membership.add" });
  });

  it("works when the org can't be reached any more", async () => {
    const { id } = await connect();
    fail("reset-before");
    expect((await deleteConnection(owner, id)).warning).toContain("Remove it there");
    expect(await org.prisma.connection.findUnique({ where: { id } })).toBeNull();
  });
});

describe("what running cards get", () => {
  it("marks the connection broken with the first 401, calls it no more, and works again with a new token", async () => {
    const { id, alias } = await connect();
    await org.prisma.connection.update({
      where: { id },
      data: sealCredentials(id, { kind: "apiToken", token: "revoked" }),
    });
    const client = await clientFor(alias);
    const call = client.request({ method: "GET", path: "/api/v1/groups" });
    await expect(call).rejects.toMatchObject({ details: { kind: "unauthorized" } });
    expect((await getConnection(owner, id)).status).toBe("broken");
    await expect(clientFor(alias)).rejects.toThrow(CardError);
    expect((await updateConnection(owner, id, { token: org.sandbox.token })).status).toBe("connected");
    const answer = await (await clientFor(alias)).request({ method: "GET", path: "/api/v1/groups" });
    expect(answer.status).toBe(200);
  });

  it("refuses a connection that is not there", async () => {
    await expect(clientFor("nowhere")).rejects.toMatchObject({ details: { code: "no-connection" } });
  });
});

describe("what the builder asks the org for", () => {
  it("searches people and finds the org's own attributes", async () => {
    const { alias } = await connect();
    const people = await loadChoices(owner, { alias, loaderId: "okta.users", search: "Ann" });
    expect(people.choices.map(({ label }) => label).join()).toContain("Ann");
    const { fields } = await loadFields(owner, { alias, loaderId: "okta.userProfile" });
    expect(Object.keys(fields)).toContain("costCenterCode");
  });

  it("refuses lists and connections that are not there, and says what the org said", async () => {
    const { alias } = await connect();
    const request = { alias, loaderId: "okta.users", search: "" };
    expect((await problemOf(loadChoices(owner, { ...request, loaderId: "x" }))).code).toBe("not-found");
    expect((await problemOf(loadChoices(owner, { ...request, alias: "x" }))).code).toBe("not-found");
    expect(
      (await problemOf(loadFields(owner, { alias, loaderId: "okta.userProfile", options: "[" }))).code,
    ).toBe("bad-request");
    fail("500");
    expect((await problemOf(loadChoices(owner, request))).code).toBe("upstream-failed");
  });
});
