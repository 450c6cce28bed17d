import { expect, test } from "vitest";
import { emptyDocument } from "../flow/document.ts";
import { HISTORY_CAP, record, redo, seal, startHistory, undo } from "./history.ts";

const named = (name: string) => emptyDocument(name);

test("undo and redo walk through the very documents that were recorded", () => {
  const [a, b, c] = [named("a"), named("b"), named("c")];
  const history = record(record(startHistory(a), b, 0), c, 1);
  expect(undo(history).present).toBe(b);
  expect(undo(undo(history)).present).toBe(a);
  expect(redo(undo(history)).present).toBe(c);
});

test("an edit after undo drops what could have been redone", () => {
  const history = record(undo(record(startHistory(named("a")), named("b"), 0)), named("c"), 1);
  expect(redo(history).present.name).toBe("c");
});

test("typing in one field is one step, another field the next", () => {
  let history = startHistory(named("start"));
  for (const [index, text] of ["t", "ty", "typ"].entries())
    history = record(history, named(text), index * 200, "title");
  history = record(history, named("other"), 700, "description");
  expect(undo(history).present.name).toBe("typ");
  expect(undo(undo(history)).present.name).toBe("start");
});

test("a pause, and leaving the field, end a step", () => {
  const paused = record(record(startHistory(named("a")), named("b"), 0, "k"), named("c"), 10_000, "k");
  expect(undo(paused).present.name).toBe("b");
  const left = record(seal(record(startHistory(named("a")), named("b"), 0, "k")), named("c"), 10, "k");
  expect(undo(left).present.name).toBe("b");
});

test("an edit that changes nothing is no step, and the oldest steps are forgotten", () => {
  const start = startHistory(named("0"));
  expect(record(start, start.present, 0)).toBe(start);
  let history = start;
  for (let step = 1; step <= HISTORY_CAP + 5; step++) history = record(history, named(String(step)), step);
  expect(history.past).toHaveLength(HISTORY_CAP);
  expect(history.past[0]?.name).toBe("5");
});
