import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { changesOfFlow } from "./changes-of-flow.ts";
import { createFlow, updateFlow } from "./edit-flow.ts";
import { publishFlow } from "./publish-flow.ts";
import { ann, bob, openFlowDatabase } from "./test-flow-database.ts";
import { codeOf, soundDocument } from "./test-flow-documents.ts";
import { exportFlow, getVersion, listVersions, restoreVersion } from "./versions.ts";

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

describe("versions", () => {
  test("each publish makes the next one live", async () => {
    const { id, revision, document } = await created();
    const first = await publishFlow(ann, id, { revision, note: "First" });
    expect(first).toMatchObject({ liveVersion: 1, unpublishedChanges: false, on: false });
    const renamed = { ...document, name: "Renamed" };
    const saved = await updateFlow(bob, id, { revision, document: renamed });
    expect(saved).toMatchObject({ liveVersion: 1, unpublishedChanges: true });
    await publishFlow(bob, id, { revision: saved.revision });
    expect((await listVersions(ann, id)).versions).toMatchObject([
      { number: 2, note: null, createdBy: "Bob", live: true },
      { number: 1, note: "First", createdBy: "Ann", live: false },
    ]);
    expect((await getVersion(ann, id, 1)).document).toEqual(document);
    expect(await exportFlow(ann, id, { version: 1 })).toEqual(document);
    expect(await exportFlow(ann, id, {})).toEqual(renamed);
    expect(await codeOf(getVersion(ann, id, 3))).toBe("not-found");
  });

  test("moving cards is no change to publish", async () => {
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    const moved = await updateFlow(ann, id, {
      revision,
      document: { ...document, layout: { e: [5, 5], w: [9, 9] } },
    });
    expect(moved.unpublishedChanges).toBe(false);
    expect((await changesOfFlow(ann, id)).changes).toEqual([]);
  });

  test("a publisher who saw an older draft is told", async () => {
    const { id, revision, document } = await created();
    await updateFlow(bob, id, { revision, document });
    expect(await codeOf(publishFlow(ann, id, { revision }))).toBe("conflict");
  });

  test("published at once by many, each gets a number of its own", async () => {
    const { id, revision } = await created();
    await Promise.all(Array.from({ length: 8 }, () => publishFlow(ann, id, { revision })));
    const { versions } = await listVersions(ann, id);
    expect(versions.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(versions.filter(({ live }) => live)).toHaveLength(1);
  });

  test("restoring makes a version the draft and leaves what is live alone", async () => {
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    const saved = await updateFlow(ann, id, { revision, document: { ...document, name: "Newer" } });
    await publishFlow(ann, id, { revision: saved.revision });
    expect(await codeOf(restoreVersion(ann, id, 1, { revision }))).toBe("conflict");
    const restored = await restoreVersion(bob, id, 1, { revision: saved.revision });
    expect(restored).toMatchObject({
      name: document.name,
      liveVersion: 2,
      unpublishedChanges: true,
      updatedBy: "Bob",
    });
  });

  test("changes are told in sentences, with the names of cards and fields", async () => {
    const { id, revision, document } = await created();
    await publishFlow(ann, id, { revision });
    const { w, ...rest } = document.cards;
    const inputs = { ...w?.inputs, group: { value: "00gY" } };
    await updateFlow(bob, id, {
      revision,
      document: {
        ...document,
        cards: { ...rest, w: { card: "okta.groups.addUser", v: 1, connection: "acme", inputs } },
      },
    });
    const { changes, lastSavedBy } = await changesOfFlow(ann, id);
    expect(lastSavedBy).toBe("Bob");
    expect(changes).toEqual([
      {
        kind: "input-changed",
        card: "w",
        text: expect.stringContaining("“Add User to Group”: Group ID is now “00gY”"),
      },
    ]);
  });
});
