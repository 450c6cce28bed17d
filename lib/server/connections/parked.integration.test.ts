import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { closeAlarm, listAlarms } from "../alarms/alarms.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { createExecutor } from "../executor/run-execution.ts";
import { violations } from "../faults/test-violations.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { enqueueExecutions } from "../queue/enqueue.ts";
import { authorizeAgain } from "./begin-authorization.ts";
import { updateConnection } from "./change-connection.ts";
import { createConnection } from "./create-connection.ts";
import { sealCredentials } from "./credentials.ts";
import { createEngineConnections } from "./engine-connections.ts";
import { finishAuthorization } from "./finish-authorization.ts";
import { getConnection } from "./list-connections.ts";
import { connectByConsent, giveConsent, WEB_APP } from "./test-consent.ts";
import { openTestOrg } from "./test-org.ts";
import { keepTokens } from "./token-keeper.ts";

const ann: Actor = { kind: "user", id: "ann", name: "Ann", role: "owner" };
let org: Awaited<ReturnType<typeof openTestOrg>>;
let aliases = 0;

beforeAll(async () => {
  org = await openTestOrg();
});
afterAll(() => org.close());
afterEach(() => org.sandbox.reset());

/** An execution that makes a group, in the queue as after its event arrived. */
async function started(alias: string): Promise<string> {
  const document = documentOf({
    cards: {
      e: { card: "okta.events.custom", v: 1, connection: alias, options: {} },
      c: {
        card: "okta.groups.create",
        v: 1,
        connection: alias,
        inputs: { name: { value: `Made ${++aliases}` } },
      },
    },
    edges: [{ from: "e", out: "next", to: "c" }],
  });
  const { id: flowId, versionId } = await addFlow(org, { document });
  const trigger = oktaEvent() as object;
  const { id } = await org.prisma.execution.create({ data: { flowId, versionId, mode: "live", trigger } });
  await enqueueExecutions(org.pool, [id]);
  return id;
}

/** A worker of its own: nothing is remembered of the connection. */
const run = (id: string) =>
  createExecutor({ database: org, registry, connections: createEngineConnections() }).run(id);
const executionOf = (id: string) => org.prisma.execution.findUniqueOrThrow({ where: { id } });
const openAlarms = async (id: string) =>
  (await listAlarms(ann)).alarms.filter(({ objectId }) => objectId === id);
const isDue = async (executionId: string) => {
  const sql = "select 1 from graphile_worker.jobs where key = $1 and run_at <= now()";
  return (await org.pool.query(sql, [`execution:${executionId}`])).rows.length === 1;
};

describe("executions of a connection whose authorization ended", () => {
  it("wait under one alarm, and go on once it is authorized again", async () => {
    const alias = `parked-${++aliases}`;
    await connectByConsent(ann, org.sandbox, alias, ["okta.groups.manage"]);
    const { id } = await org.prisma.connection.findUniqueOrThrow({ where: { alias } });
    const executions = [await started(alias), await started(alias), await started(alias)];
    const { oauth } = org.sandbox.org;
    const revoked = [...oauth.tokens()].map(({ token }) => token);
    for (const token of [...oauth.tokens()]) oauth.revoke(token);
    for (const execution of executions) await run(execution);
    for (const execution of executions) {
      const row = await executionOf(execution);
      expect(row).toMatchObject({
        status: "waiting",
        reason: expect.stringContaining("Waiting until the connection is authorized again"),
      });
      expect(await isDue(execution)).toBe(false);
    }
    expect((await getConnection(ann, id)).status).toBe("broken");
    expect(await openAlarms(id)).toMatchObject([{ kind: "connection-broken", count: 1 }]);
    // A round of the worker wakes nobody: the connection is still broken.
    await keepTokens();
    expect(await isDue(executions[0] ?? "")).toBe(false);

    const { authorizeUrl } = await authorizeAgain(ann, id, {});
    expect(await finishAuthorization(ann, await giveConsent(authorizeUrl ?? ""))).toMatchObject({ ok: true });
    expect(await openAlarms(id)).toEqual([]);
    for (const execution of executions) {
      expect(await isDue(execution)).toBe(true);
      await run(execution);
      expect((await executionOf(execution)).status).toBe("succeeded");
    }
    expect(org.sandbox.counters.json().applied.byPath["POST /api/v1/groups"]).toBe(3);
    const secrets = [WEB_APP.clientSecret, ...revoked, ...[...oauth.tokens()].map(({ token }) => token)];
    const scene = {
      base: { db: org, sandbox: org.sandbox, connectionId: id },
      answered: new Set<string>(),
      secrets,
      output: [],
      workers: [],
    };
    expect(await violations(scene, { withinMs: 0 })).toEqual([]);
  });

  it("are found by the next round when they parked just as it was mended", async () => {
    const input = {
      name: "Late",
      alias: `late-${++aliases}`,
      orgUrl: org.sandbox.url,
      token: org.sandbox.token,
    };
    const { id, alias } = await createConnection(ann, input);
    const execution = await started(alias);
    await org.prisma.connection.update({
      where: { id },
      data: sealCredentials(id, { kind: "apiToken", token: "revoked" }),
    });
    await run(execution);
    expect((await executionOf(execution)).status).toBe("waiting");
    // As a worker whose clock is ten minutes behind the database's leaves it.
    await org.pool.query(
      "update executions set waiting_until = waiting_until + interval '10 minutes' where id = $1",
      [execution],
    );
    // Mended behind its back: nobody woke it.
    await org.prisma.connection.update({
      where: { id },
      data: { ...sealCredentials(id, { kind: "apiToken", token: org.sandbox.token }), status: "connected" },
    });
    await keepTokens();
    expect(await isDue(execution)).toBe(true);
    await run(execution);
    expect((await executionOf(execution)).status).toBe("succeeded");
  });

  it("leave those of other connections, and other waits, alone", async () => {
    const input = {
      name: "Own",
      alias: `own-${++aliases}`,
      orgUrl: org.sandbox.url,
      token: org.sandbox.token,
    };
    const { id, alias } = await createConnection(ann, input);
    const other = await createConnection(ann, { ...input, alias: `${alias}-2` });
    const revoked = (of: string) => sealCredentials(of, { kind: "apiToken", token: "revoked" });
    for (const each of [id, other.id])
      await org.prisma.connection.update({ where: { id: each }, data: revoked(each) });
    const [mine, theirs] = [await started(alias), await started(other.alias)];
    await run(mine);
    await run(theirs);
    await updateConnection(ann, id, { token: org.sandbox.token });
    expect([await isDue(mine), await isDue(theirs)]).toEqual([true, false]);
  });
});

it("an alarm is put away by a person, and comes back with the next trouble", async () => {
  const input = {
    name: "Alarmed",
    alias: `alarm-${++aliases}`,
    orgUrl: org.sandbox.url,
    token: org.sandbox.token,
  };
  const { id, alias } = await createConnection(ann, input);
  const trouble = async () => {
    await org.prisma.connection.update({
      where: { id },
      data: { ...sealCredentials(id, { kind: "apiToken", token: "revoked" }), status: "connected" },
    });
    await run(await started(alias));
  };
  await trouble();
  const [alarm] = await openAlarms(id);
  await closeAlarm(ann, alarm?.id ?? "");
  expect(await openAlarms(id)).toEqual([]);
  await expect(closeAlarm(ann, alarm?.id ?? "")).rejects.toMatchObject({ code: "not-found" });
  await trouble();
  expect(await openAlarms(id)).toHaveLength(1);
});
