import { CardError } from "../../cards/errors.ts";
import type { TypedFields } from "../../cards/field.ts";
import type { Json, JsonObject } from "../../flow/json.ts";
import type { OktaClient, OktaRequest } from "./client.ts";
import { readItems } from "./read-outputs.ts";

/** Okta answers at most 200 users or groups per page without a warning about slow pages. */
export const PAGE_SIZE = 200;
/** The highest Record Limit. That of Okta's own cards. */
export const MAX_RECORDS = 1_000_000;
/** Bytes left to the other outputs of a card that gives a list: status code, names of the outputs. */
const ROOM_BESIDE = 1_000;

/** A list to be read: its first page. */
export type ListRequest = Omit<OktaRequest, "method" | "body">;

/**
 * Items of a list, page by page until there are no more or the limit is reached. Asks for no page it does not need. For lists
 * that are known to be short; what a card gives is gathered.
 */
export async function collect(
  client: OktaClient,
  request: ListRequest,
  limit = Number.POSITIVE_INFINITY,
): Promise<Json[]> {
  const items: Json[] = [];
  for await (const page of client.pages(request)) {
    items.push(...page.slice(0, limit - items.length));
    if (items.length >= limit) break;
  }
  return items;
}

/** What a card gives of each record of a list, and how Okta gives the list. */
export interface ListShape {
  /** The outputs there are of one record. */
  fields: TypedFields;
  /** A record of Okta in the shape those are read from. */
  source: (record: Json) => JsonObject;
  /** The most records Okta gives per page of this list, and the fewest it lets anybody ask for. "none": it takes no size. */
  pageSize?: number | "none";
  smallestPage?: number;
  /** Where Okta gives the list no next page: how many records it gives at most. */
  most?: number;
}

export interface ListRule extends ListShape {
  client: OktaClient;
  /** Records at most; absent where the list is wanted to its end. */
  limit: number | undefined;
  /** Bytes the list may take as JSON, see `RunContext.room`. */
  room: number;
  /** Whether the records as Okta answered them are given too. */
  raw: boolean;
}

/** The records of a list as a card gives them. */
export interface Gathered {
  records: JsonObject[];
  /** Null unless asked for: an empty list would say that there are none. */
  raw: Json[] | null;
}

/**
 * The records of a list, along `Link` to its end or as many as are wanted. Of each record only what the card gives is kept,
 * so that never more than one page is held beside it.
 *
 * @throws CardError (refused) as soon as the records are more than there is room for (output-too-large), and where Okta
 *   may have left some out (list-cut-off): a list that ends early without a word is taken for the whole of it.
 */
export async function gather(request: ListRequest, rule: ListRule): Promise<Gathered> {
  const { client, limit = Number.POSITIVE_INFINITY, fields, source, pageSize = PAGE_SIZE } = rule;
  const gathered: Gathered = { records: [], raw: rule.raw ? [] : null };
  if (limit === 0) return gathered;
  const sized =
    pageSize === "none"
      ? request.query
      : { ...request.query, limit: Math.max(rule.smallestPage ?? 1, Math.min(limit, pageSize)) };
  let size = ROOM_BESIDE;
  for await (const page of client.pages({ ...request, query: sized })) {
    for (const item of page) {
      const [record = {}] = readItems(fields, [source(item)]);
      size += bytesOf(record) + (gathered.raw ? bytesOf(item) : 0);
      if (size > rule.room) throw noRoom(gathered.records.length, rule.room);
      gathered.records.push(record);
      gathered.raw?.push(item);
      if (gathered.records.length >= limit) return gathered;
    }
  }
  if (rule.most !== undefined && gathered.records.length >= rule.most) throw cutOff(rule.most);
  return gathered;
}

/** Size as JSON in UTF-8, with the comma behind it. */
export function bytesOf(value: Json): number {
  return new TextEncoder().encode(JSON.stringify(value)).length + 1;
}

function noRoom(fit: number, room: number): CardError {
  // A flow may allow its steps a few KB only.
  const space =
    room < 1_000_000 ? `${Math.floor(room / 10) / 100} KB` : `${Math.floor(room / 10_000) / 100} MB`;
  const count = fit.toLocaleString("en");
  const hint =
    fit === 0
      ? "Read less with the cards before this one."
      : `Set a Record Limit of ${count} or less, or search more narrowly.`;
  return new CardError(
    `Okta has more records than this card can hold: ${count} of them fit into the ${space} there is room for.`,
    { kind: "refused", code: "output-too-large", hint, data: { fit } },
  );
}

function cutOff(most: number): CardError {
  const count = most.toLocaleString("en");
  return new CardError(`Okta gives a query ${count} records at most, and there may be more than these.`, {
    kind: "refused",
    code: "list-cut-off",
    hint: `Search By Search has no such end. To go on with these, set a Record Limit of ${count} or less.`,
  });
}

/**
 * The Record Limit of a card; undefined where it is left empty.
 * @throws CardError (input) for anything but a whole number from 0 to 1,000,000.
 */
export function recordLimit(given: number | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (Number.isInteger(given) && given >= 0 && given <= MAX_RECORDS) return given;
  throw new CardError(
    `Record Limit is ${given}, but takes a whole number from 0 to ${MAX_RECORDS.toLocaleString("en")}.`,
    {
      kind: "input",
      code: "out-of-range",
      field: ["recordLimit"],
      hint: "Leave it empty to read the list to its end.",
    },
  );
}
