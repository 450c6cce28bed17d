import { expect, test } from "vitest";
import { AnswerOrder } from "./answer-order.ts";

const seen = (remaining: number, window = 7, limit = 100) => ({ limit, remaining, endsInMs: 30_000, window });

test("buckets whose calls go down together are not told apart", () => {
  const order = new AnswerOrder();
  for (let left = 99; left > 60; left--) order.note(left % 3 === 0 ? "a" : "b", order.leaves(), seen(left));
  expect([order.apartFrom("a"), order.apartFrom("b")]).toEqual([undefined, undefined]);
});

test("calls under way at once, whose answers overtake each other, tell nothing apart", () => {
  const order = new AnswerOrder();
  const leaves = Array.from({ length: 20 }, () => order.leaves());
  for (const [index, left] of leaves.entries())
    order.note(index % 2 === 0 ? "a" : "b", left, seen(80 + index));
  expect(order.apartFrom("a")).toBeUndefined();
});

test("of two with the same limit and reset, each going down by itself, both are told", () => {
  const order = new AnswerOrder();
  for (let left = 99; left > 96; left--)
    for (const name of ["a", "b"]) order.note(name, order.leaves(), seen(left));
  expect(order.apartFrom("a")).toEqual({ window: 7, buckets: ["b"] });
  expect(order.apartFrom("b")).toEqual({ window: 7, buckets: ["a"] });
});

test("calls under way at once are told apart by having the same left", () => {
  const order = new AnswerOrder();
  const leaves = Array.from({ length: 20 }, () => order.leaves());
  for (const [index, left] of leaves.entries())
    order.note(index % 2 === 0 ? "a" : "b", left, seen(99 - Math.floor(index / 2)));
  expect(order.apartFrom("a")?.buckets).toEqual(["b"]);
});

test("one answer out of order is not enough, and what is told is of one window", () => {
  const order = new AnswerOrder();
  order.note("a", order.leaves(), seen(90));
  order.note("b", order.leaves(), seen(90));
  expect(order.apartFrom("a")).toBeUndefined();
  order.note("b", order.leaves(), seen(91));
  expect(order.apartFrom("a")?.buckets).toEqual(["b"]);
  order.note("a", order.leaves(), seen(99, 8));
  order.note("b", order.leaves(), seen(98, 8));
  expect([order.apartFrom("a"), order.apartFrom("b")]).toEqual([undefined, undefined]);
});
