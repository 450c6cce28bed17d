import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { faultsSchema } from "../../../sandbox/control/faults.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow } from "../db/test-records.ts";
import { log } from "../log.ts";
import { createConnection } from "./create-connection.ts";
import { deleteConnection } from "./delete-connection.ts";
import { syncHook } from "./hook.ts";
import { getConnection } from "./list-connections.ts";
import { readLog } from "./log-reader.ts";
import { openTestOrg } from "./test-org.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
const TYPES = ["group.lifecycle.create", "group.lifecycle.delete", "user.lifecycle.suspend"];
/** Hooks beyond as few types are tried here; the sandbox org knows 264, fewer than Okta's 300 per hook. */
const TWO_PER_HOOK = 2;

let org: Awaited<ReturnType<typeof openTestOrg>>;
let names = 0;

beforeAll(async () => {
  log.level = "silent";
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(async () => {
  org.sandbox.reset();
  await org.prisma.flow.updateMany({ data: { on: false } });
  await org.prisma.connection.deleteMany();
});

const connect = () => {
  const { url: orgUrl, token } = org.sandbox;
  return createConnection(owner, { name: "Sandbox", alias: `org-${++names}`, orgUrl, token });
};
const listening = (connectionId: string, eventTypes: string[]) =>
  addFlow(org, { listensTo: { connectionId, eventTypes } });
const intakeOf = async (id: string) => (await getConnection(owner, id)).intake;
const hooksAtOrg = () => [...org.sandbox.org.hooks.all()].map(({ name, items }) => ({ name, items }));

async function callOrg(method: string, path: string, body?: object): Promise<Response> {
  const headers = { authorization: `SSWS ${org.sandbox.token}`, "content-type": "application/json" };
  return fetch(org.sandbox.url + path, { method, headers, body: body && JSON.stringify(body) });
}
const inject = (eventType: string) => callOrg("POST", "/sandbox/events", { eventType });

describe("more event types than fit into a hook", () => {
  it("are shared among several, all delivered once, and taken together again when they fit", async () => {
    const { id, alias } = await connect();
    const flow = await listening(id, TYPES);
    await syncHook(id, TWO_PER_HOOK);
    const [a = "", b = "", c = ""] = TYPES;
    expect(hooksAtOrg()).toEqual([
      { name: `Flowdeck (${alias})`, items: [a, b] },
      { name: `Flowdeck (${alias}) 2`, items: [c] },
    ]);
    expect(await intakeOf(id)).toMatchObject({
      hookStatus: "verified",
      eventTypes: TYPES,
      hooks: [
        { status: "verified", eventTypes: 2, limit: 300 },
        { status: "verified", eventTypes: 1 },
      ],
    });
    for (const type of TYPES) await inject(type);
    await vi.waitFor(
      async () => expect(await org.prisma.execution.count({ where: { flowId: flow.id } })).toBe(TYPES.length),
      20_000,
    );
    await org.prisma.flowListener.deleteMany({ where: { eventType: c } });
    await syncHook(id, TWO_PER_HOOK);
    expect(hooksAtOrg()).toEqual([{ name: `Flowdeck (${alias})`, items: [a, b] }]);
    expect((await intakeOf(id)).hooks).toHaveLength(1);
  });

  it("leave no hook behind when the connection is deleted", async () => {
    const { id } = await connect();
    await listening(id, TYPES);
    await syncHook(id, TWO_PER_HOOK);
    expect(org.sandbox.org.hooks.size).toBe(2);
    expect(await deleteConnection(owner, id)).toEqual({ ok: true, tokens: "kept" });
    expect(org.sandbox.org.hooks.size).toBe(0);
  });
});

describe("an org without room for another hook", () => {
  it("is told so in a sentence, its events come from the log, and a hook is made once there is room", async () => {
    const others = await Promise.all(Array.from({ length: 25 }, (_, index) => otherHook(index)));
    const { id } = await connect();
    const flow = await listening(id, TYPES);
    await syncHook(id);
    const { hookStatus, hookDetail } = await intakeOf(id);
    expect(hookStatus).toBe("failed");
    expect(hookDetail).toContain("25 active event hooks, the most Okta allows");
    expect(hookDetail).toContain("System Log");
    for (const type of TYPES) await inject(type);
    await readLog(id);
    expect(await org.prisma.execution.count({ where: { flowId: flow.id } })).toBe(TYPES.length);
    const [first = ""] = others;
    await callOrg("POST", `/api/v1/eventHooks/${first}/lifecycle/deactivate`);
    await syncHook(id);
    expect(await intakeOf(id)).toMatchObject({ hookStatus: "verified", hookDetail: null, eventTypes: TYPES });
  });
});

/** A hook somebody else made, active and verified as far as the limit counts. @returns its id */
async function otherHook(index: number): Promise<string> {
  const hook = {
    name: `Other ${index}`,
    events: { type: "EVENT_TYPE", items: ["user.session.start"] },
    channel: { type: "HTTP", version: "1.0.0", config: { uri: "http://127.0.0.1:1/", headers: [] } },
  };
  const { id } = (await (await callOrg("POST", "/api/v1/eventHooks", hook)).json()) as { id: string };
  const stored = org.sandbox.org.hooks.byId(id);
  if (!stored) throw new Error("The hook is expected to be there.");
  stored.verificationStatus = "VERIFIED";
  return id;
}

it("a hook that has the old secret stays unverified until Okta has the new one, however often that fails", async () => {
  const { id } = await connect();
  await org.prisma.connection.update({ where: { id }, data: { hookSecretHash: "of another key" } });
  const [hook] = org.sandbox.org.hooks.all();
  if (!hook?.channel.authScheme) throw new Error("A hook with a secret is expected to be there.");
  const { value } = hook.channel.authScheme;
  hook.channel.authScheme.value = "old";
  const once = { fault: "500", method: "PUT", pathPrefix: "/api/v1/eventHooks", next: 1 };
  org.sandbox.faults.set(faultsSchema.parse({ rules: [once] }).rules);
  await syncHook(id);
  expect((await intakeOf(id)).hookStatus).toBe("failed");
  expect(hook.channel.authScheme.value).toBe("old");
  await syncHook(id);
  expect((await intakeOf(id)).hookStatus).toBe("verified");
  expect(hook.channel.authScheme.value).toBe(value);
});
