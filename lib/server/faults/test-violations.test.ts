import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { chainOf } from "./test-documents.ts";
import { FaultStage } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";

vi.setConfig({ testTimeout: 60_000 });
let stage: FaultStage;

beforeAll(async () => {
  stage = await FaultStage.open();
});
afterAll(() => stage.close());

test("where nothing happened, nothing is broken", async () => {
  expect(await violations(stage)).toEqual([]);
});

test("an event that was answered 2xx and is not stored is found", async () => {
  const uuid = randomUUID();
  stage.answered.add(uuid);
  expect(await violations(stage)).toEqual([`Event ${uuid} was answered 2xx and is not stored.`]);
  stage.answered.clear();
});

test("an execution there are two of, and one that does not end, are found", async () => {
  const { db } = stage.base;
  const flow = await stage.listen(chainOf({}));
  const [pair] = await stage.pairs(1);
  if (!pair) throw new Error("There is no pair.");
  const web = await stage.startWeb();
  expect(await stage.deliver(web, [stage.eventAbout(pair)])).toBe(204);
  const [first] = await stage.executionsOf(flow.id);
  const { id = "", eventId } = first ?? {};
  expect(await violations(stage, { withinMs: 100 })).toEqual([`Execution ${id} is still queued (null).`]);
  // The database itself refuses a second one.
  const second = { flowId: flow.id, versionId: flow.versionId, mode: "live", eventId, subject: "" };
  await expect(db.prisma.execution.create({ data: second })).rejects.toMatchObject({ code: "P2002" });
  await db.prisma.execution.deleteMany();
});

test("a write that was made twice is found, where nothing explains it", async () => {
  const { sandbox } = stage.base;
  const [user] = [...sandbox.org.users.all()];
  const [pair] = await stage.pairs(1);
  const headers = { authorization: `SSWS ${sandbox.token}`, "content-type": "application/json" };
  const changed = `/api/v1/users/${user?.id}`;
  for (let turn = 0; turn < 2; turn++) {
    const body = JSON.stringify({ profile: { department: "Twice" } });
    await fetch(sandbox.url + changed, { method: "POST", headers, body });
    await fetch(`${sandbox.url}/api/v1/groups/${pair?.group}/users/${pair?.user}`, {
      method: "PUT",
      headers,
    });
  }
  expect(await violations(stage)).toEqual([
    `POST ${changed} took effect 2 times.`,
    "1 writes were repeated, but only 0 attempts were lost.",
  ]);
  sandbox.counters.reset();
});

test("a secret in a row and one in a log are found", async () => {
  const { prisma } = stage.base.db;
  const detail = { header: `is ${stage.secret}!` };
  await prisma.auditEntry.create({ data: { actor: "nobody", action: "test", detail } });
  stage.output.push([`{"token":"${stage.base.sandbox.token}"}`]);
  const found = await violations(stage);
  expect(found).toHaveLength(2);
  expect(found[0]).toBe("A secret stands in 1 rows of public.audit_entries.");
  expect(found[1]).toContain("A secret stands in a log");
});
