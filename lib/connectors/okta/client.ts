import { defineConnector } from "../../cards/connector.ts";
import type { Json } from "../../flow/json.ts";

export type OktaMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type QueryValue = string | number | boolean;

export interface OktaRequest {
  method: OktaMethod;
  /** Path below the org's address, made with the `path` helper so that ids are encoded: `/api/v1/users/00u1`. */
  path: string;
  /** Empty and undefined values are left out; a list gives its parameter once for each value. */
  query?: Record<string, QueryValue | readonly string[] | undefined>;
  body?: Json;
  headers?: Record<string, string>;
  /**
   * "give": an answer that refuses the call is given back like any other instead of being thrown. Not 401 and 429, which
   * are about the connection, and not 5xx, after which nobody knows what Okta has done.
   */
  refusals?: "throw" | "give";
}

export interface OktaResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Parsed JSON; null where there was no body. */
  body: Json;
}

/** What the org's clock showed at some moment. */
export interface OrgTime {
  /** Milliseconds since 1970: the earliest it can have been. */
  earliest: number;
  /** Milliseconds by which that may be wrong all the same, clocks being what they are. */
  doubtMs: number;
}

/**
 * What Okta cards call. Implemented by lib/server (HTTP, authorization, rate limits, masking); a card never sees a
 * token or a host. Every method throws `CardError` for anything but a 2xx answer, with Okta's error code as `code`; see
 * `refusals` for the exception.
 */
export interface OktaClient {
  request: (request: OktaRequest) => Promise<OktaResponse>;
  /** All items of a list, page by page along `Link: rel="next"`. Never holds more than one page. */
  pages: (request: Omit<OktaRequest, "method" | "body">) => AsyncIterable<Json[]>;
  /**
   * What the org's clock showed at a moment of ours, by the last answer this client got: times in Okta's objects are the
   * org's. Undefined before the first answer and where answers don't tell the time; absent where nothing is read back.
   */
  orgTime?: (ours: Date) => OrgTime | undefined;
}

export const okta = defineConnector<OktaClient>({ id: "okta", title: "Okta" });
