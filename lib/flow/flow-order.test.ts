import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CardNode, FlowDocument } from "./document.ts";
import { flowOrder } from "./flow-order.ts";
import { ancestors, graphOf } from "./graph.ts";
import { document } from "./test-documents.ts";

/** "a>b" leads on, "a?x>b" by the way out x. */
function flow(lines: string, parents: Record<string, string> = {}): FlowDocument {
  const edges = lines.split(" ").map((line) => {
    const [, from = "", out = "next", to = ""] = /^(\w+)(?:\?(\w+))?>(\w+)$/.exec(line) ?? [];
    return { from, out, to };
  });
  const ids = new Set([...edges.flatMap(({ from, to }) => [from, to]), ...Object.keys(parents)]);
  const cards = Object.fromEntries(
    [...ids].map((id): [string, CardNode] => {
      const parent = parents[id];
      return [id, { card: "test", v: 1, ...(parent ? { parent: { card: parent, lane: "body" } } : {}) }];
    }),
  );
  return { format: 1, name: "x", cards, edges, layout: {} };
}
const order = (document: FlowDocument) =>
  flowOrder(
    document,
    (id) => id === "e",
    (id) => id.startsWith("if"),
  );

describe("what comes before what", () => {
  it("is what the graph's ancestors say, for any document", () => {
    fc.assert(
      fc.property(document, (given) => {
        const before = ancestors(graphOf(given));
        const { comesBefore } = flowOrder(given, (id) => id === "c1");
        for (const to of Object.keys(given.cards)) {
          for (const from of Object.keys(given.cards)) {
            expect(comesBefore(from, to)).toBe(before.get(to)?.has(from) ?? false);
          }
        }
      }),
    );
  });

  it("works beyond 32 cards, where a row has more than one word", () => {
    const chain = Array.from({ length: 100 }, (_, index) => `n${index}>n${index + 1}`).join(" ");
    const { comesBefore } = order(flow(chain));
    expect(comesBefore("n0", "n100")).toBe(true);
    expect(comesBefore("n63", "n64")).toBe(true);
    expect(comesBefore("n64", "n63")).toBe(false);
  });

  it("lets a lane look out but nobody look in", () => {
    const { comesBefore, alwaysBefore } = order(
      flow("e>a a>each each>z in1>in2", { in1: "each", in2: "each" }),
    );
    expect(comesBefore("a", "in2")).toBe(true);
    expect(comesBefore("each", "in1")).toBe(true);
    expect(alwaysBefore("a", "in2")).toBe(true);
    expect(comesBefore("in1", "z")).toBe(false);
  });

  it("takes edges between lanes for no order", () => {
    expect(order(flow("e>a a>in1", { in1: "e" })).comesBefore("a", "in1")).toBe(false);
  });
});

describe("what has always run before", () => {
  it("is every card on the only way", () => {
    const { alwaysBefore } = order(flow("e>a a>b"));
    expect(alwaysBefore("e", "b")).toBe(true);
    expect(alwaysBefore("a", "b")).toBe(true);
    expect(alwaysBefore("b", "b")).toBe(false);
    expect(alwaysBefore("b", "a")).toBe(false);
  });

  it("is each of two parallel cards that a third one joins", () => {
    const { alwaysBefore } = order(flow("e>a e>b a>join b>join"));
    expect(alwaysBefore("a", "join")).toBe(true);
    expect(alwaysBefore("b", "join")).toBe(true);
  });

  it("is no card of only one branch, once the branches have joined", () => {
    const { alwaysBefore } = order(flow("e>if if?true>a if?false>b a>join b>join"));
    expect(alwaysBefore("a", "join")).toBe(false);
    expect(alwaysBefore("if", "join")).toBe(true);
    expect(alwaysBefore("e", "join")).toBe(true);
  });

  it("is every card of the branch a card stands in, joined ones too", () => {
    const { alwaysBefore } = order(flow("e>if if?true>a if?true>b a>c b>c"));
    expect(alwaysBefore("a", "c")).toBe(true);
    expect(alwaysBefore("b", "c")).toBe(true);
  });

  it("is not a card beside a decision that may have been passed without it", () => {
    const { alwaysBefore } = order(flow("e>ifx ifx>a e>b a>join b>join"));
    expect(alwaysBefore("a", "join")).toBe(false);
    expect(alwaysBefore("b", "join")).toBe(true);
  });

  it("agrees with running every combination of decisions", () => {
    fc.assert(
      fc.property(
        document,
        fc.subarray(["c2", "c3", "c4", "c5"]),
        fc.array(fc.boolean()),
        (given, deciding, coins) => {
          const mixed = {
            ...given,
            edges: given.edges.map((edge, index) =>
              deciding.includes(edge.from) ? { ...edge, out: coins[index] ? "true" : "false" } : edge,
            ),
          };
          const { alwaysBefore, reachable } = flowOrder(
            mixed,
            (id) => id === "c1",
            (id) => deciding.includes(id),
          );
          const runs = everyRun(mixed, deciding);
          expect(new Set(runs.flatMap((run) => [...run]))).toEqual(reachable);
          // Never wrong; where it says "not always" it may be too careful, which only costs a warning.
          for (const from of Object.keys(mixed.cards)) {
            for (const to of reachable) {
              if (alwaysBefore(from, to))
                expect(runs.every((run) => !run.has(to) || run.has(from))).toBe(true);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The cards that run, for every way the deciding cards may decide (one way out, or none). Edges lead from low to high. */
function everyRun(document: FlowDocument, deciding: readonly string[]): Set<string>[] {
  const choices = deciding.reduce<Record<string, string>[]>(
    (all, id) => all.flatMap((one) => ["true", "false", ""].map((out) => ({ ...one, [id]: out }))),
    [{}],
  );
  return choices.map((choice) => {
    const run = new Set(["c1"]);
    for (const id of Object.keys(document.cards)) {
      const live = document.edges.some(
        (edge) => edge.to === id && run.has(edge.from) && (choice[edge.from] ?? edge.out) === edge.out,
      );
      if (live) run.add(id);
    }
    return run;
  });
}

describe("cycles", () => {
  it("names the cards of each cycle in the order of their edges, and not those behind it", () => {
    const { cycles, cyclic } = order(flow("e>a a>b b>c c>a c>behind x>x"));
    expect(cycles).toHaveLength(2);
    expect(cycles.map((cycle) => [...cycle].sort())).toEqual([["a", "b", "c"], ["x"]]);
    const [cycle = []] = cycles;
    expect([...cycle, ...cycle].join("")).toContain("abc");
    expect([...cyclic].sort()).toEqual(["a", "b", "behind", "c", "x"]);
  });

  it("names no helper nodes of deciding cards", () => {
    expect(order(flow("e>if if?true>a a>if")).cycles).toEqual([expect.arrayContaining(["if", "a"])]);
    expect(order(flow("e>if if?true>a a>if")).cycles[0]).toHaveLength(2);
  });

  it("finds containers that stand inside each other", () => {
    expect(order(flow("e>a", { p: "q", q: "p" })).cycles[0]?.toSorted()).toEqual(["p", "q"]);
  });
});

it("reaches what some way from a start leads to", () => {
  expect([...order(flow("e>a lost>b")).reachable].sort()).toEqual(["a", "e"]);
});
