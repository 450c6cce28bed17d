import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { log } from "../log.ts";
import { createFlow } from "./edit-flow.ts";
import { sampleEventOfFlow, testFlow } from "./test-flow.ts";
import { codeOf, soundDocument } from "./test-flow-documents.ts";

const ann: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };

let db: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  stubServerEnv();
  db = await openTestDatabase();
  await addConnection(db, { alias: "acme" });
  log.level = "silent";
});
afterAll(() => db.drop());

const created = (document = soundDocument()) => createFlow(ann, { document });

describe("testing a draft", () => {
  test("a draft that writes needs a confirmation", async () => {
    const { id } = await created();
    expect(await codeOf(testFlow(ann, id, { confirmWrites: false }))).toBe("conflict");
    const { executionId } = await testFlow(ann, id, { confirmWrites: true });
    const execution = await db.prisma.execution.findUniqueOrThrow({ where: { id: executionId } });
    expect(execution).toMatchObject({ flowId: id, mode: "test", status: "queued", versionId: null });
    expect(execution.trigger).toMatchObject({ eventType: "group.user_membership.add" });
    expect(execution.subject).not.toBe("");
    const jobs = await db.pool.query("select priority from graphile_worker.jobs where key = $1", [
      `execution:${executionId}`,
    ]);
    expect(jobs.rows).toEqual([{ priority: -10 }]);
  });

  test("a write that nothing leads to needs none", async () => {
    const document = soundDocument();
    document.edges = [];
    Object.assign(document.cards.w ?? {}, { inputs: { group: { value: "00gX" }, user: { value: "00uX" } } });
    const { id, issues } = await created(document);
    expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(await codeOf(testFlow(ann, id, { confirmWrites: false }))).toBe("no error");
  });

  test("runs with the event given", async () => {
    const { id } = await created();
    const { executionId } = await testFlow(ann, id, { event: { any: "thing" }, confirmWrites: true });
    const execution = await db.prisma.execution.findUniqueOrThrow({ where: { id: executionId } });
    expect([execution.trigger, execution.subject]).toEqual([{ any: "thing" }, ""]);
  });

  test("a draft with errors is not run", async () => {
    const { id } = await createFlow(ann, { name: "Empty" });
    expect(await codeOf(testFlow(ann, id, { confirmWrites: true }))).toBe("invalid");
    expect(await codeOf(sampleEventOfFlow(ann, id))).toBe("conflict");
  });

  test("makes up an event of the type the card listens to", async () => {
    const { id } = await created();
    expect((await sampleEventOfFlow(ann, id)).event.eventType).toBe("group.user_membership.add");
  });
});
