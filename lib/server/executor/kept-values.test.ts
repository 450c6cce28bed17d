import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { getExecution } from "../executions/get-execution.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { createExecutor, type Executor } from "./run-execution.ts";
import { TestOrg } from "./test-org.ts";

const actor: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let org: TestOrg;
let executor: Executor;

beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => {
  org = new TestOrg();
  executor = createExecutor({ database: db, registry, connections: org.connections });
});

const custom = (relativeUrl: string) => ({
  card: "okta.api.custom",
  v: 1,
  connection: "okta",
  options: { method: "PUT" },
  inputs: { relativeUrl: { value: relativeUrl } },
});

/** An event, then two writes: the first one's row is there before the end. */
async function started(settings: FlowSettings, mode = "live") {
  const flow = await addFlow(db, {
    document: documentOf({
      cards: {
        e: { card: "okta.events.custom", v: 1, connection: "okta", options: {} },
        a: custom("/api/v1/a"),
        b: custom("/api/v1/b"),
      },
      edges: [
        { from: "e", out: "next", to: "a" },
        { from: "a", out: "next", to: "b" },
      ],
      settings,
    }),
  });
  const data = {
    flowId: flow.id,
    versionId: flow.versionId,
    mode,
    subject: "Ann Lee",
    trigger: oktaEvent() as object,
  };
  return (await db.prisma.execution.create({ data })).id;
}

const fail = (path: string, kind: "refused" | "unavailable") => (request: { path: string }) => {
  if (request.path === path)
    throw new CardError("No.", { kind, code: "no", status: kind === "refused" ? 400 : 503 });
  return { status: 200, headers: {}, body: null };
};

/** Paths of the steps that have values, and how many steps there are. */
async function kept(id: string) {
  const steps = await db.prisma.step.findMany({ where: { executionId: id }, orderBy: { sequence: "asc" } });
  const full = steps.filter(({ inputs, outputs, exchanges }) => inputs ?? outputs ?? exchanges);
  const { status, blanked } = await db.prisma.execution.findUniqueOrThrow({ where: { id } });
  return { status, blanked, of: steps.length, withValues: full.map(({ path }) => path) };
}

describe("inputs, outputs and exchanges after the end", () => {
  test("stay where the flow does not say", async () => {
    const id = await started({});
    await executor.run(id);
    expect(await kept(id)).toEqual({
      status: "succeeded",
      blanked: null,
      of: 3,
      withValues: ["e", "a", "b"],
    });
  });

  test.each(["never", "on-failure"] as const)("%s: none stays of one that succeeded", async (keep) => {
    const id = await started({ keep });
    await executor.run(id);
    expect(await kept(id)).toEqual({ status: "succeeded", blanked: "not-kept", of: 3, withValues: [] });
    const shown = await getExecution(actor, id);
    expect(shown.blanked).toBe("not-kept");
    const { eventType, published } = oktaEvent();
    expect(shown.trigger).toEqual({ uuid: expect.any(String), eventType, published });
    expect(shown.subject).toBe("");
  });

  test("on-failure: all stay of one that failed", async () => {
    org.answer = fail("/api/v1/b", "refused");
    const id = await started({ keep: "on-failure" });
    await executor.run(id);
    expect(await kept(id)).toEqual({ status: "failed", blanked: null, of: 3, withValues: ["e", "a", "b"] });
  });

  test("on-failure: none stays of one that was cancelled, which is no failure", async () => {
    const id = await started({ keep: "on-failure" });
    org.answer = () => {
      executor.cancel(id);
      return { status: 200, headers: {}, body: null };
    };
    await executor.run(id);
    expect(await kept(id)).toEqual({ status: "cancelled", blanked: "not-kept", of: 3, withValues: [] });
  });

  test("never: none stays of one that failed, and it can be retried from the start only", async () => {
    org.answer = fail("/api/v1/b", "refused");
    const id = await started({ keep: "never" });
    await executor.run(id);
    expect(await kept(id)).toEqual({ status: "failed", blanked: "not-kept", of: 3, withValues: [] });
    const again = (from: "failed" | "start") => retryExecution(actor, id, { from, version: "same" });
    await expect(again("failed")).rejects.toMatchObject({
      body: { code: "conflict", hint: "Retry it from the start." },
    });
    const { executionId } = await again("start");
    expect(executionId).not.toBe(id);
    expect((await getExecution(actor, executionId)).subject).toContain("Ann Lee");
    await db.prisma.execution.update({ where: { id }, data: { blanked: "erased" } });
    await expect(again("start")).rejects.toMatchObject({ body: { code: "conflict" } });
  });

  test("never: they are there until the end, so that a wait goes on where it stopped", async () => {
    org.answer = fail("/api/v1/b", "unavailable");
    const id = await started({ keep: "never" });
    await executor.run(id);
    expect(await kept(id)).toMatchObject({ status: "waiting", blanked: null, withValues: ["e", "a", "b"] });
    org.answer = fail("nothing", "refused");
    await executor.run(id);
    expect(org.calls).toEqual(["PUT /api/v1/a", "PUT /api/v1/b", "PUT /api/v1/b"]);
    expect(await kept(id)).toEqual({ status: "succeeded", blanked: "not-kept", of: 4, withValues: [] });
  });

  test("a test of the flow shows what its cards did, whatever is kept of live ones", async () => {
    const id = await started({ keep: "never" }, "test");
    await executor.run(id);
    expect(await kept(id)).toMatchObject({ blanked: null, withValues: ["e", "a", "b"] });
  });
});
