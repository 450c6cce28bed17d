import fc from "fast-check";
import type { CardNode, Edge, FlowDocument, Position } from "./document.ts";
import type { Json } from "./json.ts";
import type { Ref, TextPart, Value } from "./value.ts";

/** Keys that have broken object code before, beside ordinary ones. All may stand in a document. */
export const hostileKeys = [
  "toString",
  "hasOwnProperty",
  "length",
  "a.b",
  "job title",
  "}}",
  '["',
  "0",
  "\\",
  "ключ",
];

export const key: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("login", "email", "profile", "id"),
  fc.constantFrom(...hostileKeys),
);

export const json: fc.Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 2 })
  // Documents are stored as JSON, which turns -0 into 0 and drops "__proto__".
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto")));

/** References to one of the given cards. */
export function ref(cards: readonly string[]): fc.Arbitrary<Ref> {
  return fc
    .tuple(fc.constantFrom(...cards), fc.array(key, { maxLength: 3 }))
    .map(([card, path]) => [card, ...path]);
}

/** Values that refer to the given cards only; without references where there are none. */
export function value(cards: readonly string[]): fc.Arbitrary<Value> {
  const literal = fc.record({ value: json });
  const part: fc.Arbitrary<TextPart> =
    cards.length === 0 ? fc.string() : fc.oneof(fc.string(), fc.record({ ref: ref(cards) }));
  const leaves: fc.Arbitrary<Value>[] = [literal, fc.record({ text: fc.array(part, { maxLength: 4 }) })];
  if (cards.length > 0) leaves.push(fc.record({ ref: ref(cards) }));
  return fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      ...leaves,
      fc.record({ list: fc.array(tie("value"), { maxLength: 3 }) }),
      fc.record({ object: fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }) }),
    ),
  })).value;
}

function node(cards: readonly string[]): fc.Arbitrary<CardNode> {
  return fc.record(
    {
      card: fc.constantFrom("test.action", "test.function", "test.if"),
      v: fc.constant(1),
      title: fc.string({ maxLength: 20 }),
      connection: fc.constantFrom("okta", "other"),
      options: fc.dictionary(key, json, { maxKeys: 2, noNullPrototype: true }),
      inputs: fc.dictionary(key, value(cards), { maxKeys: 3, noNullPrototype: true }),
      onError: fc.record(
        {
          retry: fc.nat({ max: 10 }),
          delaySeconds: fc.integer({ min: 1, max: 3600 }),
          only: fc.constantFrom("rate-limit" as const, "all" as const),
          after: fc.constantFrom("fail" as const, "error" as const),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["card", "v"] },
  );
}

const position: fc.Arbitrary<Position> = fc.tuple(
  fc.integer({ min: -500, max: 500 }),
  fc.integer({ min: -500, max: 500 }),
);

/** Documents the schema accepts: edges and references lead from earlier cards to later ones. */
export const document: fc.Arbitrary<FlowDocument> = fc.integer({ min: 1, max: 6 }).chain((count) => {
  const ids = Array.from({ length: count }, (_, index) => `c${index + 1}`);
  return fc
    .record({
      name: fc.constantFrom("Onboarding", "Leavers"),
      nodes: fc.tuple(...ids.map((_, index) => node(ids.slice(0, index)))),
      places: fc.tuple(...ids.map(() => position)),
      pairs: fc.uniqueArray(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), {
        maxLength: 8,
        selector: ([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`,
      }),
    })
    .map(({ name, nodes, places, pairs }) => ({
      format: 1,
      name,
      cards: Object.fromEntries(ids.map((id, index) => [id, nodes[index] ?? { card: "test.action", v: 1 }])),
      edges: pairs.flatMap(([a, b]): Edge[] =>
        a === b ? [] : [{ from: `c${Math.min(a, b) + 1}`, out: "next", to: `c${Math.max(a, b) + 1}` }],
      ),
      layout: Object.fromEntries(ids.map((id, index) => [id, places[index] ?? [0, 0]])),
    }));
});

/** Freezes a value all the way down, so that code that changes its argument throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
