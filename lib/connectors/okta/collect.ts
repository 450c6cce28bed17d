import { CardError } from "../../cards/errors.ts";
import type { Json } from "../../flow/json.ts";
import type { OktaClient, OktaRequest } from "./client.ts";

/** Okta answers at most 200 users or groups per page without a warning about slow pages. */
export const PAGE_SIZE = 200;
/** A list in one output is held in memory and stored with its step, so it has an end. */
export const MAX_RECORDS = 10_000;

type ListRequest = Omit<OktaRequest, "method" | "body">;

/** Items of a list, page by page until there are no more or the limit is reached. Asks for no page it does not need. */
export async function collect(client: OktaClient, request: ListRequest, limit: number): Promise<Json[]> {
  const items: Json[] = [];
  for await (const page of client.pages(request)) {
    items.push(...page.slice(0, limit - items.length));
    if (items.length >= limit) break;
  }
  return items;
}

export interface ListRule {
  /** Only one record is wanted. */
  first?: boolean;
  /** What the admin filled in as Record Limit. */
  given: number | undefined;
  /** The limit where it is left empty. */
  standard: number;
  /** The most records Okta gives per page of this list, and the fewest it lets anybody ask for. */
  pageSize?: number;
  smallestPage?: number;
}

/**
 * The records of a list that a card gives, in pages as large as needed.
 * @throws CardError (input) for a Record Limit that is none
 */
export function listRecords(client: OktaClient, request: ListRequest, rule: ListRule): Promise<Json[]> {
  const { first, given, standard, pageSize = PAGE_SIZE, smallestPage = 1 } = rule;
  const limit = first ? 1 : recordLimit(given, standard);
  const perPage = Math.max(smallestPage, Math.min(limit, pageSize));
  return collect(client, { ...request, query: { ...request.query, limit: perPage } }, limit);
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
