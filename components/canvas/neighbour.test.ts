import { expect, test } from "vitest";
import { testFlow } from "#lib/editor/test-cards.ts";
import { apply } from "#lib/flow/apply.ts";
import { firstCard, neighbour } from "./neighbour.ts";
import { tidyLayout } from "./tidy-layout.ts";

test("arrows follow lines, then places", () => {
  const flow = apply(testFlow(), { op: "addCard", id: "c4", node: { card: "t.note", v: 1 }, at: [380, 300] });
  expect(firstCard(flow)).toBe("c1");
  expect(neighbour(flow, "c1", "right")).toBe("c2");
  expect(neighbour(flow, "c2", "left")).toBe("c1");
  expect(neighbour(flow, "c2", "down")).toBe("c4");
  expect(neighbour(flow, "c4", "up")).toBe("c2");
  expect(neighbour(flow, "c3", "right")).toBeUndefined();
});

test("tidying puts cards left to right in their order, without overlap, and leaves notes alone", () => {
  const heap = apply(testFlow(), { op: "move", positions: { c1: [0, 0], c2: [0, 0], c3: [0, 0] } });
  const flow = apply(heap, { op: "addCard", id: "c4", node: { card: "t.note", v: 1 }, at: [5, 5] });
  const size = { width: 280, height: 200 };
  const places = tidyLayout(
    flow,
    (id) => (id === "c4" ? undefined : size),
    () => ["next"],
  );
  const xs = ["c1", "c2", "c3"].map((id) => places[id]?.[0] ?? Number.NaN);
  expect(xs[1]).toBeGreaterThanOrEqual((xs[0] ?? 0) + 280);
  expect(xs[2]).toBeGreaterThanOrEqual((xs[1] ?? 0) + 280);
  expect(places.c4).toBeUndefined();
});

test.each([
  ["true", "false"],
  ["false", "true"],
])(
  "tidying puts what follows the upper way out above what follows the lower, drawn %s first",
  (first, second) => {
    const card = { card: "t", v: 1 };
    const flow = {
      format: 1 as const,
      name: "Branches",
      cards: { e: card, yes: card, no: card, after: card },
      edges: [
        { from: "e", out: first, to: first === "true" ? "yes" : "no" },
        { from: "e", out: second, to: second === "true" ? "yes" : "no" },
        { from: "yes", out: "next", to: "after" },
      ],
      layout: {},
    };
    const places = tidyLayout(
      flow,
      () => ({ width: 280, height: 200 }),
      (id) => (id === "e" ? ["true", "false"] : ["next"]),
    );
    const y = (id: string) => places[id]?.[1] ?? Number.NaN;
    expect(y("yes") + 200).toBeLessThanOrEqual(y("no"));
    expect(y("after")).toBe(y("yes"));
  },
);
