import { expect, test } from "vitest";
import { ApiError } from "#lib/api/client.ts";
import { testCatalogue, testFlow } from "#lib/editor/test-cards.ts";
import { apply } from "#lib/flow/apply.ts";
import { onErrorOperation } from "./failure-section.tsx";
import { outlineRows } from "./outline-rows.ts";
import { paletteGroups } from "./palette-groups.ts";
import { outcomeOf } from "./save-draft.ts";
import { readEvent } from "./test-flow-dialog.tsx";

test("the palette puts events first while the flow has none, and the best match first in a search", () => {
  expect(paletteGroups(testCatalogue, "", false)[0]?.title).toBe("Events");
  expect(paletteGroups(testCatalogue, "", true).at(-1)?.title).toBe("Events");
  expect(paletteGroups(testCatalogue, "choose", true)[0]?.cards[0]?.id).toBe("t.choose");
  expect(paletteGroups(testCatalogue, "zzzz", true)).toEqual([]);
});

test("the outline says in words what leads where", () => {
  const rows = outlineRows(testFlow(), testCatalogue, []);
  expect(rows.map((row) => row.title)).toEqual(["Something Happened", "Choose", "Use"]);
  expect(rows[1]?.after).toEqual(["on True: Use"]);
  expect(rows[2]?.before).toEqual(["when Choose is True"]);
});

test("errors of the API are told apart: come back later, never, or somebody else saved", () => {
  const error = (code: "unavailable" | "forbidden" | "conflict", current?: unknown) =>
    outcomeOf(new ApiError({ code, message: "No.", current }));
  expect(error("unavailable").kind).toBe("unavailable");
  expect(error("forbidden").kind).toBe("refused");
  const current = {
    revision: 3,
    document: testFlow(),
    updatedBy: "Bea",
    updatedAt: "2026-11-21T10:00:00.000Z",
  };
  expect(error("conflict", current)).toMatchObject({ kind: "conflict", theirs: { revision: 3 } });
  expect(outcomeOf(new TypeError("fetch failed")).kind).toBe("unavailable");
});

test("a pasted event may be the event alone or a delivery that holds just one", () => {
  const event = { uuid: "1", eventType: "user.lifecycle.create" };
  expect(readEvent(JSON.stringify(event))).toEqual({ event });
  expect(readEvent(JSON.stringify({ data: { events: [event] } }))).toEqual({ event });
  expect(readEvent(JSON.stringify({ data: { events: [event, event] } })).problem).toContain("paste one");
  expect(readEvent("{not json").problem).toMatch(/^This is no JSON: paste the whole event/);
  expect(readEvent("{}").problem).toContain("“eventType” is missing");
  expect(readEvent('{"eventType": 3}').problem).toContain("“eventType” is missing");
  expect(readEvent("[3]").problem).toContain("An event is an object");
  expect(readEvent("")).toEqual({});
});

test("an error way is told in the outline, and takes its lines along when it is given up", () => {
  const line = { from: "c3", out: "error", to: "c4" };
  const flow = testFlow();
  const added = {
    ...flow,
    cards: { ...flow.cards, c4: { card: "t.use", v: 1 } },
    edges: [...flow.edges, line],
  };
  const chosen = apply(added, onErrorOperation(added, "c3", { after: "error", retry: 1 }));
  expect(chosen.edges).toEqual(added.edges);
  const rows = outlineRows(chosen, testCatalogue, []);
  expect(rows.find(({ id }) => id === "c4")?.before).toEqual(["if Use fails"]);
  const given = apply(chosen, onErrorOperation(chosen, "c3", { retry: 1 }));
  expect(given.edges).toEqual(flow.edges);
  expect(given.cards.c3?.onError).toEqual({ retry: 1 });
});
