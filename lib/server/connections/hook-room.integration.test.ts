import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { changesOfFlow } from "../flows/changes-of-flow.ts";
import { log } from "../log.ts";
import { createConnection } from "./create-connection.ts";
import { syncHook } from "./hook.ts";
import { hookNotice } from "./hook-room.ts";
import { getConnection } from "./list-connections.ts";
import { openTestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
const TYPES = ["group.lifecycle.create", "group.lifecycle.delete", "user.lifecycle.suspend"];

let org: Awaited<ReturnType<typeof openTestOrg>>;
let names = 0;

beforeAll(async () => {
  log.level = "silent";
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(async () => {
  org.sandbox.reset();
  await org.prisma.connection.deleteMany();
});

const connect = () =>
  createConnection(owner, {
    name: "Acme",
    alias: `org-${++names}`,
    orgUrl: org.sandbox.url,
    token: org.sandbox.token,
  });

async function fillWithHooks(count: number): Promise<void> {
  const headers = { authorization: `SSWS ${org.sandbox.token}`, "content-type": "application/json" };
  for (let index = 0; index < count; index += 1) {
    const body = JSON.stringify({
      name: `Other ${index}`,
      events: { type: "EVENT_TYPE", items: ["user.session.start"] },
      channel: { type: "HTTP", version: "1.0.0", config: { uri: "http://127.0.0.1:1/", headers: [] } },
    });
    const answer = await fetch(`${org.sandbox.url}/api/v1/eventHooks`, { method: "POST", headers, body });
    const { id } = (await answer.json()) as { id: string };
    const stored = org.sandbox.org.hooks.byId(id);
    if (stored) stored.verificationStatus = "VERIFIED";
  }
}

describe("before a flow is published", () => {
  it("nothing is said while its event types fit into the hook there is", async () => {
    const { id, alias } = await connect();
    expect(await hookNotice(alias, TYPES)).toBeUndefined();
    await addFlow(org, { listensTo: { connectionId: id, eventTypes: TYPES } });
    await syncHook(id, 3);
    expect(await hookNotice(alias, TYPES, 3)).toBeUndefined();
    expect((await getConnection(owner, id)).intake.orgHooks).toEqual({ active: 1, limit: 25 });
  });

  it("a second hook is announced, with how many the org has then", async () => {
    const { id, alias } = await connect();
    await fillWithHooks(4);
    await addFlow(org, { listensTo: { connectionId: id, eventTypes: TYPES } });
    await syncHook(id, 3);
    expect(await hookNotice(alias, ["user.lifecycle.activate"], 3)).toBe(
      "With this flow Acme listens to 4 event types; Okta takes 3 per event hook. Another one is registered: 6 of the 25 the org may have.",
    );
    // What only the log brings needs no hook.
    expect(await hookNotice(alias, ["policy.brand.new"], 3)).toBeUndefined();
  });

  it("an org without room is told with the dialog's changes, and what happens to the events", async () => {
    await fillWithHooks(25);
    const { id, alias } = await connect();
    expect((await getConnection(owner, id)).intake).toMatchObject({
      hookStatus: "failed",
      orgHooks: { active: 25, limit: 25 },
    });
    const document = documentOf({ cards: { e: { card: "okta.users.created", v: 1, connection: alias } } });
    const { id: flow } = await addFlow(org, { document });
    const { notices } = await changesOfFlow(owner, flow);
    expect(notices).toEqual([
      `${new URL(org.sandbox.url).host} has 25 active event hooks of the 25 Okta allows, and this flow needs one more. Its events will be read from the System Log, some seconds later, until an event hook is deleted in Okta.`,
    ]);
  });

  it("a connection that is not there is no reason to say anything", async () => {
    expect(await hookNotice("nowhere", TYPES)).toBeUndefined();
  });
});

it("connections to one org know of each other", async () => {
  const [first, second] = [await connect(), await connect()];
  expect((await getConnection(owner, first.id)).sameOrg).toEqual(["Acme"]);
  expect(second.sameOrg).toEqual(["Acme"]);
});
