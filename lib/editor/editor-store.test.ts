import { beforeEach, expect, test, vi } from "vitest";
import { createEditor } from "./editor-store.ts";
import { testCatalogue, testFlow } from "./test-cards.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

function setUp(options: { readOnly?: boolean } = {}) {
  const save = vi.fn(async () => ({ kind: "saved" as const, revision: 2 }));
  let time = 0;
  const editor = createEditor({
    draft: { revision: 1, document: testFlow() },
    catalogue: testCatalogue,
    save,
    now: () => (time += 10),
    ...options,
  });
  return { editor, save, state: editor.store.getState };
}

test("an edit changes the document, its issues and its save state at once", () => {
  const { editor, state } = setUp();
  expect(state().issues).toEqual([]);
  expect(editor.edit({ op: "setInput", id: "c3", path: ["id"], value: null })).toBe(true);
  expect(state().issues).toMatchObject([{ code: "missing-input", card: "c3", field: ["id"] }]);
  expect(state().save.status).toBe("unsaved");
  editor.undo();
  expect(state().issues).toEqual([]);
  expect(state().save.status).toBe("saved");
});

test("an edit that no longer fits changes nothing", () => {
  const { editor, state } = setUp();
  const before = state().document;
  expect(editor.edit({ op: "setTitle", id: "gone", title: "x" })).toBe(false);
  expect(state().document).toBe(before);
  expect(state().save.status).toBe("saved");
});

test("moving keeps the issues as they are, and undo puts cards back", () => {
  const { editor, state } = setUp();
  const { issues } = state();
  editor.edit({ op: "move", positions: { c1: [40, 40] } });
  expect(state().issues).toBe(issues);
  expect(state().document.layout.c1).toEqual([40, 40]);
  editor.undo();
  expect(state().document.layout.c1).toEqual([0, 0]);
  editor.redo();
  expect(state().document.layout.c1).toEqual([40, 40]);
});

test("typing joins into one step until the field is left", () => {
  const { editor, state } = setUp();
  for (const title of ["A", "Ad", "Ada"])
    editor.edit({ op: "setTitle", id: "c3", title }, { join: "c3 title" });
  editor.seal();
  editor.edit({ op: "setTitle", id: "c3", title: "Ada L" }, { join: "c3 title" });
  editor.undo();
  expect(state().document.cards.c3?.title).toBe("Ada");
  editor.undo();
  expect(state().document.cards.c3?.title).toBeUndefined();
});

test("removing takes cards, lines and references along, and out of the selection", () => {
  const { editor, state } = setUp();
  editor.select({ cards: ["c1"] });
  editor.removeSelected();
  expect(state().selection.cards).toEqual([]);
  expect(Object.keys(state().document.cards)).toEqual(["c2", "c3"]);
  expect(state().document.cards.c3?.inputs).toBeUndefined();
  editor.select({ cards: [], edge: { from: "c2", out: "true", to: "c3" } });
  editor.removeSelected();
  expect(state().document.edges).toEqual([]);
  expect(state().selection.edge).toBeUndefined();
});

test("copies come in beside the originals, joined to one another, selected, as one step", () => {
  const { editor, state } = setUp();
  editor.select({ cards: ["c2", "c3"] });
  editor.copy();
  editor.paste();
  expect(state().selection.cards).toEqual(["c4", "c5"]);
  expect(state().document.edges.at(-1)).toEqual({ from: "c4", out: "true", to: "c5" });
  expect(state().document.cards.c5?.inputs).toEqual({ id: { ref: ["c1", "id"] } });
  expect(state().document.layout.c4).toEqual([420, 40]);
  editor.undo();
  expect(Object.keys(state().document.cards)).toHaveLength(3);
});

test("a draft taken over replaces the document, is saved already, and can be undone", async () => {
  const { editor, save, state } = setUp();
  const mine = state().document;
  editor.adopt({ revision: 7, document: { ...testFlow(), name: "Theirs" } });
  expect(state().document.name).toBe("Theirs");
  expect(state().save.status).toBe("saved");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(save).not.toHaveBeenCalled();
  editor.undo();
  expect(state().document).toBe(mine);
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).toHaveBeenCalledWith(expect.objectContaining({ revision: 7 }));
});

test("fields of a connection are known to validation once they are loaded", () => {
  const { editor, state } = setUp();
  editor.setConnections([{ alias: "other", connector: "okta" }]);
  expect(state().issues.map((issue) => issue.card)).toContain("c1");
  editor.setConnections([{ alias: "main", connector: "okta" }]);
  expect(state().issues).toEqual([]);
});

test("looking only, nothing that changes a document changes it, and nothing is saved", async () => {
  const { editor, save, state } = setUp({ readOnly: true });
  const before = state().document;
  editor.select({ cards: ["c3"] });
  expect(editor.edit({ op: "setTitle", id: "c3", title: "Mine" })).toBe(false);
  editor.removeSelected();
  editor.duplicate();
  editor.copy();
  editor.paste();
  editor.undo();
  editor.redo();
  await editor.autosave.flush();
  expect(state()).toMatchObject({ selection: { cards: ["c3"] }, save: { status: "saved" } });
  expect(state().document).toBe(before);
  expect(save).not.toHaveBeenCalled();
});
