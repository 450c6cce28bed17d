import { CardError } from "../../cards/errors.ts";
import type { Json } from "../../flow/json.ts";
import type { OktaClient, OktaRequest } from "./client.ts";

/** Okta answers at most 200 users or groups per page without a warning about slow pages. */
export const PAGE_SIZE = 200;
/** A list in one output is held in memory and stored with its step, so it has an end. */
export const MAX_RECORDS = 10_000;

/** Items of a list, page by page until there are no more or the limit is reached. Asks for no page it does not need. */
export async function collect(
  client: OktaClient,
  request: Omit<OktaRequest, "method" | "body">,
  limit: number,
): Promise<Json[]> {
  const items: Json[] = [];
  for await (const page of client.pages(request)) {
    items.push(...page.slice(0, limit - items.length));
    if (items.length >= limit) break;
  }
  return items;
}

/**
 * The Record Limit of a card, or its default.
 * @throws CardError (input) for anything but a whole number from 1 to 10,000.
 */
export function recordLimit(given: number | undefined, standard: number): number {
  if (given === undefined) return standard;
  if (Number.isInteger(given) && given >= 1 && given <= MAX_RECORDS) return given;
  throw new CardError(`Record Limit is ${given}, but takes a whole number from 1 to ${MAX_RECORDS}.`, {
    kind: "input",
    code: "out-of-range",
    field: ["recordLimit"],
    hint: "Narrow the search where you need more.",
  });
}
