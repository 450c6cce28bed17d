import { expect, test } from "vitest";
import { apply } from "../flow/apply.ts";
import { addCardOperations } from "./add-card.ts";
import { drawMapping, drawOrder } from "./connect.ts";
import { nameOfRef, sourcesFor } from "./sources.ts";
import { testCatalogue, testFlow } from "./test-cards.ts";

const withCard = (card: string, id = "c4") =>
  apply(testFlow(), { op: "addCard", id, node: { card, v: 1 }, at: [0, 400] });

test("a line from a way out to a card sets the order", () => {
  const drawn = drawOrder(withCard("t.use"), testCatalogue, { from: "c2", out: "false", to: "c4" });
  expect(drawn).toEqual({
    ok: true,
    operation: { op: "connect", edge: { from: "c2", out: "false", to: "c4" } },
  });
});

test.each([
  [{ from: "c2", out: "true", to: "c1" }, "starts the flow"],
  [{ from: "c3", out: "next", to: "c2" }, "can't go in a circle"],
  [{ from: "c3", out: "next", to: "c3" }, "can't come after itself"],
  [{ from: "c2", out: "true", to: "c3" }, "already"],
  [{ from: "c2", out: "maybe", to: "c3" }, "Nothing comes after"],
])("a line that makes no sense is refused with the reason: %j", (edge, reason) => {
  const drawn = drawOrder(testFlow(), testCatalogue, edge);
  expect(drawn).toMatchObject({ ok: false, message: expect.stringContaining(reason) });
});

test("an output of an earlier card fills an input, nested ones included", () => {
  const drawn = drawMapping(testFlow(), testCatalogue, {
    ref: ["c1", "profile", "firstName"],
    to: "c3",
    path: ["profile", "lastName"],
  });
  expect(drawn).toEqual({
    ok: true,
    operation: {
      op: "setInput",
      id: "c3",
      path: ["profile", "lastName"],
      value: { ref: ["c1", "profile", "firstName"] },
    },
  });
});

test("mapping from a card that does not come before draws the order line too, as one step", () => {
  const drawn = drawMapping(withCard("t.make"), testCatalogue, { ref: ["c4", "id"], to: "c3", path: ["id"] });
  expect(drawn).toMatchObject({
    ok: true,
    note: "“Use” now runs after “Make”.",
    operation: {
      op: "batch",
      operations: [{ op: "connect", edge: { from: "c4", out: "next", to: "c3" } }, {}],
    },
  });
});

test("mapping backwards, from an ambiguous way out, or between types that never fit is refused", () => {
  const back = drawMapping(testFlow(), testCatalogue, { ref: ["c3", "id"], to: "c2", path: ["left"] });
  expect(back).toMatchObject({ ok: false, message: expect.stringContaining("circle") });
  const branch = drawMapping(withCard("t.use"), testCatalogue, {
    ref: ["c2", "result"],
    to: "c4",
    path: ["id"],
  });
  expect(branch).toMatchObject({ ok: false, message: expect.stringContaining("one of its ways out") });
  const type = drawMapping(testFlow(), testCatalogue, { ref: ["c1", "profile"], to: "c3", path: ["age"] });
  expect(type).toMatchObject({ ok: false, message: expect.stringContaining("can't fill Age") });
});

test("the picker lists the cards before, nearest first, and references read as titles and labels", () => {
  expect(sourcesFor(testFlow(), testCatalogue, "c3").map((source) => source.id)).toEqual(["c2", "c1"]);
  expect(nameOfRef(testFlow(), testCatalogue, ["c1", "profile", "firstName"])).toMatchObject({
    card: "Something Happened",
    labels: ["Profile", "First name"],
    field: { type: "text" },
  });
});

test("a new card follows the selected one by its free way out, with the only connection there is", () => {
  const description = testCatalogue.card("t.use");
  const event = testCatalogue.card("t.event");
  if (!description || !event) throw new Error("The test catalogue lacks its cards.");
  const operations = addCardOperations(testFlow(), testCatalogue, {
    id: "c9",
    description,
    connections: [],
    where: { after: { card: "c2" } },
  });
  expect(operations).toEqual([
    { op: "addCard", id: "c9", node: { card: "t.use", v: 1 }, at: [760, 240] },
    { op: "connect", edge: { from: "c2", out: "false", to: "c9" } },
  ]);
  const [add] = addCardOperations(testFlow(), testCatalogue, {
    id: "c9",
    description: event,
    connections: [{ alias: "main", connector: "okta" }],
    where: {},
  });
  expect(add).toMatchObject({ node: { connection: "main" } });
});

test("a card put into a line stands between its cards, and what is behind makes room", () => {
  const description = testCatalogue.card("t.use");
  if (!description) throw new Error("The test catalogue lacks its cards.");
  const operations = addCardOperations(testFlow(), testCatalogue, {
    id: "c9",
    description,
    connections: [],
    where: { into: { from: "c1", out: "next", to: "c2" } },
  });
  const document = apply(testFlow(), { op: "batch", operations });
  expect(document.edges).toContainEqual({ from: "c1", out: "next", to: "c9" });
  expect(document.edges).toContainEqual({ from: "c9", out: "next", to: "c2" });
  expect(document.edges).not.toContainEqual({ from: "c1", out: "next", to: "c2" });
  expect(document.layout).toMatchObject({ c9: [380, 0], c2: [760, 0], c3: [1140, 0] });
});

test("what a card says of its failure is mapped along its error way, all else along the usual one", () => {
  const flow = apply(withCard("t.use"), { op: "setOnError", id: "c3", onError: { after: "error" } });
  const edgeFor = (...path: string[]) => {
    const drawn = drawMapping(flow, testCatalogue, { ref: ["c3", ...path], to: "c4", path: ["id"] });
    return drawn.ok && drawn.operation.op === "batch" ? drawn.operation.operations[0] : drawn;
  };
  expect(edgeFor("error", "message")).toEqual({
    op: "connect",
    edge: { from: "c3", out: "error", to: "c4" },
  });
  expect(edgeFor("id")).toEqual({ op: "connect", edge: { from: "c3", out: "next", to: "c4" } });
});
