import { CardError } from "../../cards/errors.ts";
import type { Json } from "../../flow/json.ts";
import type { OktaClient, OktaRequest, OktaResponse, QueryValue } from "./client.ts";

/** What the fake answers a request with; a CardError is thrown. */
export type Answer = Partial<OktaResponse> | CardError;

/** A request as the fake saw it: empty query values are left out, as the real client does. */
export type SeenRequest = Omit<OktaRequest, "query"> & {
  query?: Record<string, QueryValue | readonly string[]>;
};

/**
 * A client for tests of cards: records what it is asked and answers from the given list, in order; the last answer
 * stays. For `pages`, each answer's body is one page.
 */
export function fakeOktaClient(...answers: Answer[]): { client: OktaClient; requests: SeenRequest[] } {
  const requests: SeenRequest[] = [];
  const next = (): OktaResponse => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof CardError) throw answer;
    return { status: 200, headers: {}, body: null, ...answer };
  };
  const see = ({ query, ...request }: OktaRequest) => {
    const given = Object.entries(query ?? {}).flatMap(([key, value]) =>
      value === undefined || value === "" ? [] : [[key, value] as const],
    );
    requests.push(given.length > 0 ? { ...request, query: Object.fromEntries(given) } : request);
  };
  return {
    requests,
    client: {
      // The org's clock shows what ours does, to the millisecond.
      orgTime: (ours) => ({ earliest: ours.getTime(), doubtMs: 2000 }),
      request: async (request) => {
        see(request);
        return next();
      },
      pages: async function* (request) {
        see({ ...request, method: "GET" });
        const pages = answers.length;
        for (let page = 0; page < pages; page += 1) {
          const { body } = next();
          yield Array.isArray(body) ? body : ([] as Json[]);
        }
      },
    },
  };
}

/** Okta's answer for something that is not there. */
export function notFound(what = "User"): CardError {
  return new CardError(`Not found: Resource not found: x (${what})`, {
    kind: "refused",
    code: "E0000007",
    status: 404,
  });
}
