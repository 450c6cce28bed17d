import type { RunContext } from "../../cards/define.ts";
import type { OktaClient } from "./client.ts";
import {
  type Gathered,
  gather,
  type ListRequest,
  type ListShape,
  PAGE_SIZE,
  recordLimit,
} from "./collect.ts";
import { RAW_RECORDS, wantsFirstPage } from "./result-set.ts";

/** A list of Okta, and what a card gives of it. */
export interface Listed extends ListShape {
  /** How many records "First … Records" gives, where it is not the usual 200. */
  firstPage?: number;
}

/**
 * The records a card gives of a list: as many as its Result Set and Record Limit say.
 *
 * @param given what the admin filled in as Record Limit
 * @throws CardError (input) for a Record Limit that is none, (refused) where there are more records than there is room for
 */
export function readList(
  request: ListRequest,
  { firstPage = PAGE_SIZE, ...shape }: Listed,
  given: number | undefined,
  { client, options, room, wanted }: RunContext<unknown, OktaClient>,
): Promise<Gathered> {
  const limit = wantsFirstPage(options) ? firstPage : recordLimit(given);
  return gather(request, { ...shape, client, room, limit, raw: wanted(RAW_RECORDS) });
}
