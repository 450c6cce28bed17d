import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { flowSchema } from "#lib/api/flows.ts";
import { createFlow, getFlow, listFlows, updateFlow, validateDocument, validateFlow } from "./edit-flow.ts";
import { deleteFlow, publishFlow } from "./publish-flow.ts";
import { ann, bob, openFlowDatabase } from "./test-flow-database.ts";
import { codeOf, soundDocument } from "./test-flow-documents.ts";
import { listVersions } from "./versions.ts";

// The orgs are not part of this: which connections are brought up to date is.
const syncHook = vi.hoisted(() => vi.fn(async (_connectionId: string) => {}));
vi.mock("../connections/hook.ts", () => ({ syncHook }));

let db: Awaited<ReturnType<typeof openFlowDatabase>>["db"];

beforeAll(async () => {
  ({ db } = await openFlowDatabase());
});
afterAll(() => db.drop());
beforeEach(() => syncHook.mockClear());

const created = (document = soundDocument()) => createFlow(ann, { document });

describe("drafts", () => {
  test("a new flow is empty, off and says what it lacks", async () => {
    const flow = await createFlow(ann, { name: "Leavers" });
    expect(flowSchema.parse(flow)).toEqual(flow);
    expect(flow).toMatchObject({
      name: "Leavers",
      on: false,
      liveVersion: null,
      unpublishedChanges: true,
      revision: 1,
      updatedBy: "Ann",
      trigger: null,
      cardCount: 0,
      lastExecution: null,
    });
    expect(flow.issues.map(({ code }) => code)).toContain("no-event");
  });

  test("what is no document is refused, naming the place", async () => {
    const sent = { ...soundDocument(), cards: { e: { card: 7 } } };
    await expect(createFlow(ann, { document: sent })).rejects.toMatchObject({
      code: "invalid",
      body: { issues: [expect.objectContaining({ severity: "error" }), expect.anything()] },
    });
    expect(await codeOf(createFlow(ann, { document: undefined }))).toBe("invalid");
    expect(await codeOf(createFlow(ann, { document: { ...soundDocument(), format: 999 } }))).toBe("invalid");
  });

  test("texts the database refuses are repaired", async () => {
    const flow = await created(soundDocument("A\u0000B"));
    expect([flow.name, flow.document.name]).toEqual(["A␀B", "A␀B"]);
  });

  test("of two who save at once the second gets what the first saved", async () => {
    const { id, revision, document } = await created();
    const answers = await Promise.allSettled([
      updateFlow(ann, id, { revision, document: { ...document, name: "By Ann" } }),
      updateFlow(bob, id, { revision, document: { ...document, name: "By Bob" } }),
    ]);
    const saved = answers.find((answer) => answer.status === "fulfilled");
    const refused = answers.find((answer) => answer.status === "rejected");
    expect(saved?.value.revision).toBe(revision + 1);
    const { code, body } = refused?.reason ?? {};
    expect(code).toBe("conflict");
    expect(body.current).toEqual({
      revision: revision + 1,
      document: saved?.value.document,
      updatedBy: saved?.value.updatedBy,
      updatedAt: saved?.value.updatedAt,
    });
  });

  test("a draft with errors is saved and can't be published", async () => {
    const { id, revision, document } = await created();
    const broken = { ...document, cards: { ...document.cards, w: { card: "okta.groups.addUser", v: 1 } } };
    const saved = await updateFlow(ann, id, { revision, document: broken });
    expect(saved.issues.length).toBeGreaterThan(0);
    expect(await validateFlow(ann, id)).toEqual({ valid: false, issues: saved.issues });
    await expect(publishFlow(ann, id, { revision: saved.revision })).rejects.toMatchObject({
      code: "invalid",
      body: { issues: saved.issues },
    });
    expect(await listVersions(ann, id)).toEqual({ versions: [] });
  });

  test("a document is checked without being saved", async () => {
    expect(await validateDocument(ann, { document: soundDocument() })).toEqual({ valid: true, issues: [] });
    const elsewhere = soundDocument();
    for (const node of Object.values(elsewhere.cards)) node.connection = "nowhere";
    expect((await validateDocument(ann, { document: elsewhere })).valid).toBe(false);
  });

  test("an unknown or deleted flow is not found", async () => {
    expect(await codeOf(getFlow(ann, randomUUID()))).toBe("not-found");
    const { id, revision, document } = await created();
    await deleteFlow(ann, id);
    expect(await codeOf(getFlow(ann, id))).toBe("not-found");
    expect(await codeOf(updateFlow(ann, id, { revision, document }))).toBe("not-found");
    expect((await listFlows(ann)).flows.map((flow) => flow.id)).not.toContain(id);
  });
});
