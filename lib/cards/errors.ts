import type { JsonObject } from "../flow/json.ts";

/**
 * Why a card could not do its work. The kind decides what the executor does next:
 *
 * - `input`: a value is missing or has the wrong type. Fails; trying again can't help.
 * - `refused`: the system said no (4xx). Fails.
 * - `forbidden`: the connection lacks a right or scope (403). Fails, naming what to grant.
 * - `unauthorized`: the connection's credentials are no longer accepted (401). The connection is marked broken; executions
 *   wait until it is authorized again.
 * - `rateLimited`: not carried out; wait until `retryAt` and send again. Always safe.
 * - `unavailable`: 5xx, a lost connection or no answer in time. `sent` says whether the request may have had an effect.
 * - `bug`: an error of Flowdeck itself.
 */
export type CardErrorKind =
  | "input"
  | "refused"
  | "forbidden"
  | "unauthorized"
  | "rateLimited"
  | "unavailable"
  | "bug";

export interface CardErrorDetails {
  kind: CardErrorKind;
  /** Stable code: an Okta code ("E0000007") or one of ours ("missing-input"). */
  code: string;
  /** HTTP status where there was an answer. */
  status?: number;
  /** What the admin can do about it. */
  hint?: string;
  /** Input the error is about. */
  field?: string[];
  /** `rateLimited`: when the call may be sent again, milliseconds since 1970 by this machine's clock. */
  retryAt?: number;
  /** `unavailable`: false when the request certainly never left, so that sending it again can't double it. */
  sent?: boolean;
  /** Further facts for the execution page, without secrets. */
  data?: JsonObject;
}

/** Thrown by cards and by the clients they call. The message is a sentence an admin understands. */
export class CardError extends Error {
  override name = "CardError";
  readonly details: CardErrorDetails;

  constructor(message: string, details: CardErrorDetails, options?: ErrorOptions) {
    super(message, options);
    this.details = details;
  }
}
