import { expect, test } from "vitest";
import { testCatalogue, testFlow } from "#lib/editor/test-cards.ts";
import { handleId } from "./handle-ids.ts";
import { readBodyDrop, readConnection } from "./read-connection.ts";

const output = handleId({ kind: "output", path: ["profile", "firstName"] });

test("a line from an output to an input maps it", () => {
  const drawn = readConnection(testFlow(), testCatalogue, {
    source: "c1",
    sourceHandle: output,
    target: "c3",
    targetHandle: handleId({ kind: "input", path: ["profile", "lastName"] }),
  });
  expect(drawn).toMatchObject({ ok: true, operation: { value: { ref: ["c1", "profile", "firstName"] } } });
});

test("handles of different sorts are not joined, and it is said how to", () => {
  const drawn = readConnection(testFlow(), testCatalogue, {
    source: "c1",
    sourceHandle: output,
    target: "c3",
    targetHandle: "entry",
  });
  expect(drawn).toMatchObject({ ok: false, message: expect.stringContaining("drop it on the card") });
});

test("a line dropped on a card sets the order, or asks which input was meant", () => {
  const exit = handleId({ kind: "exit", out: "false" });
  expect(readBodyDrop(testFlow(), testCatalogue, { card: "c2", handle: exit }, "c3")).toMatchObject({
    kind: "drawn",
    drawn: { ok: true, operation: { edge: { from: "c2", out: "false", to: "c3" } } },
  });
  expect(readBodyDrop(testFlow(), testCatalogue, { card: "c1", handle: output }, "c3")).toEqual({
    kind: "choose-input",
    ref: ["c1", "profile", "firstName"],
    to: "c3",
  });
  expect(readBodyDrop(testFlow(), testCatalogue, { card: "c3", handle: exit }, "c3")).toEqual({
    kind: "none",
  });
});

test("a line drawn backwards from a card's way in comes from the card it is dropped on", () => {
  const drop = (onto: string, from: string) =>
    readBodyDrop(testFlow(), testCatalogue, { card: from, handle: "entry" }, onto);
  expect(drop("c1", "c3")).toMatchObject({
    drawn: { ok: true, operation: { edge: { from: "c1", to: "c3" } } },
  });
  expect(drop("c2", "c3")).toMatchObject({ drawn: { ok: false } });
});
