import { defineConnector } from "../../cards/connector.ts";
import type { Json } from "../../flow/json.ts";

export type OktaMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface OktaRequest {
  method: OktaMethod;
  /** Path below the org's address, made with the `path` helper so that ids are encoded: `/api/v1/users/00u1`. */
  path: string;
  /** Empty and undefined values are left out. */
  query?: Record<string, string | number | boolean | undefined>;
  body?: Json;
  headers?: Record<string, string>;
}

export interface OktaResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Parsed JSON; null where there was no body. */
  body: Json;
}

/**
 * What Okta cards call. Implemented by lib/server (HTTP, authorization, rate limits, masking); a card never sees a
 * token or a host. Every method throws `CardError` for anything but a 2xx answer, with Okta's error code as `code`.
 */
export interface OktaClient {
  request: (request: OktaRequest) => Promise<OktaResponse>;
  /** All items of a list, page by page along `Link: rel="next"`. Never holds more than one page. */
  pages: (request: Omit<OktaRequest, "method" | "body">) => AsyncIterable<Json[]>;
}

export const okta = defineConnector<OktaClient>({ id: "okta", title: "Okta" });
