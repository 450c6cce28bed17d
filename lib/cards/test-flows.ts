import type { CardNode, Edge, FlowDocument } from "../flow/document.ts";
import type { Value } from "../flow/value.ts";
import { testCatalogue } from "./test-catalogue.ts";
import { type ValidateContext, validate } from "./validate.ts";

export type Inputs = { [key: string]: Value };

export const event: CardNode = { card: "test.event", v: 1, connection: "okta" };
export const read = (inputs: Inputs = { user: { ref: ["e", "user", "id"] } }): CardNode => ({
  card: "test.read",
  v: 1,
  connection: "okta",
  inputs,
});
export const create = (inputs: Inputs = {}, options: CardNode["options"] = {}): CardNode => ({
  card: "test.create",
  v: 2,
  connection: "okta",
  inputs: { profile: { object: { login: { value: "ann" } } }, ...inputs },
  options: { event: "any", ...options },
});

/** "e>r" leads on; "if?true>a" by a way out. */
export function flow(cards: Record<string, CardNode>, lines = ""): FlowDocument {
  const edges = lines.split(" ").flatMap((line): Edge[] => {
    const [, from, out = "next", to] = /^(\w+)(?:\?(\w+))?>(\w+)$/.exec(line) ?? [];
    return from && to ? [{ from, out, to }] : [];
  });
  return { format: 1, name: "Test", cards, edges, layout: {} };
}
export const check = (document: FlowDocument, context?: ValidateContext) =>
  validate(document, testCatalogue, context);
export const codes = (document: FlowDocument, context?: ValidateContext) =>
  check(document, context).map(({ code }) => code);
/** Issues of one action card right behind the event. */
export const checkCard = (node: CardNode, context?: ValidateContext) =>
  check(flow({ e: event, a: node }, "e>a"), context);
