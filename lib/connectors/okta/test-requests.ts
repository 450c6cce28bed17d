import { expect, it } from "vitest";
import type { Card } from "../../cards/define.ts";
import type { JsonObject } from "../../flow/json.ts";
import { oktaCards } from "./okta-cards.ts";
import { runOktaCard } from "./test-okta-card.ts";
import type { Answer, SeenRequest } from "./test-okta-client.ts";

/** A card with inputs, and what it must ask of Okta then. For tests. */
export interface RequestCase {
  name: string;
  card: Card;
  options?: Record<string, string>;
  inputs: JsonObject;
  answer?: Answer;
  /** The one request the card makes, or all of them in order, exactly. */
  request: SeenRequest | SeenRequest[];
  /** Some of the outputs. */
  outputs?: JsonObject;
}

/** A GET as the fake client records it. */
export function get(path: string, query?: SeenRequest["query"]): SeenRequest {
  return query ? { method: "GET", path, query } : { method: "GET", path };
}

/** A POST as the fake client records it. */
export function post(path: string, rest: Partial<SeenRequest> = {}): SeenRequest {
  return { method: "POST", path, ...rest };
}

/** One test per case, and one that every action card whose id starts so has a case. */
export function testRequests(cases: RequestCase[], idsStart: string): void {
  it.each(cases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    const { card, options, inputs, answer, request, outputs } = one;
    const ran = await runOktaCard(card, { inputs, options, answers: [answer ?? { body: {} }] });
    // Undefined properties never reach the wire.
    expect(JSON.parse(JSON.stringify(ran.requests))).toEqual([request].flat());
    expect(Object.keys(ran.outputs ?? {})).toEqual(Object.keys(card.description.outputs));
    if (outputs) expect(ran.outputs).toMatchObject(outputs);
  });

  it(`covers every action card ${idsStart}…`, () => {
    const ids = oktaCards.map(({ description }) => description).filter(({ kind }) => kind === "action");
    const expected = ids.map(({ id }) => id).filter((id) => id.startsWith(idsStart));
    const tried = new Set(cases.map(({ card }) => card.description.id));
    expect(expected.filter((id) => !tried.has(id))).toEqual([]);
  });
}
