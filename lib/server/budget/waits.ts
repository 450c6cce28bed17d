import { CardError } from "../../cards/errors.ts";

/** What flows wait for before anything is sent: codes of the errors by which a card is sent away. */
export const WAIT_CODES = { budget: "budget-spent", slots: "calls-at-limit", down: "org-down" } as const;

/** What a wait is about; stands in the step's error, where the meter counts it. */
export interface WaitsFor {
  /** Id of the connection. Not "connection": under that name stand those that wait to be authorized again. */
  org: string;
  bucket?: string;
}

/**
 * What a card gets whose call has to wait: nothing was sent, and the execution leaves its worker until then. The message
 * is what the execution shows that it waits for.
 *
 * @param code one of WAIT_CODES
 */
export function waitError(code: string, message: string, waitMs: number, waitsFor: WaitsFor): CardError {
  const data = { ...waitsFor };
  return new CardError(message, { kind: "rateLimited", code, retryAt: Date.now() + Math.ceil(waitMs), data });
}

/** The database could not be asked: whoever calls may try again, for nothing was sent. */
export function unaskable(cause: unknown): CardError {
  return new CardError(
    "It could not be told whether Okta may be called now.",
    { kind: "unavailable", code: "budget-unknown", sent: false },
    { cause },
  );
}
