import { CardError, type CardErrorDetails } from "../../cards/errors.ts";

/** What flows wait for before anything is sent: codes of the errors by which a card is sent away. */
export const WAIT_CODES = { budget: "budget-spent", slots: "calls-at-limit", down: "org-down" } as const;

/** What begins the reasons of all executions that wait for one of these. */
export const WAITING_FOR_OKTA = "Waiting for Okta: ";

/** What a wait is about; stands in the step's error, where the meter counts it. */
export interface WaitsFor {
  /** Id of the connection. Not "connection": under that name stand those that wait to be authorized again. */
  org: string;
  bucket?: string;
}

class WaitError extends CardError {
  readonly freeAt: number;

  constructor(message: string, details: CardErrorDetails, freeAt: number) {
    super(message, details);
    this.freeAt = freeAt;
  }
}

/**
 * What a card gets whose call has to wait: nothing was sent, and the execution leaves its worker until then. The message
 * is what the execution shows that it waits for.
 *
 * @param code one of WAIT_CODES
 * @param why the message, but for its beginning
 * @param waitMs until what it waits for is free again
 * @param comeBackMs until the execution comes back, where that is later: see `WindowsAhead`
 */
export function waitError(
  code: string,
  why: string,
  waitMs: number,
  waitsFor: WaitsFor,
  comeBackMs = waitMs,
): CardError {
  const data = { ...waitsFor };
  const now = Date.now();
  const retryAt = now + Math.ceil(comeBackMs);
  return new WaitError(
    `${WAITING_FOR_OKTA}${why}`,
    { kind: "rateLimited", code, retryAt, data },
    now + Math.ceil(waitMs),
  );
}

/** When a call is worth another try that waits in place, milliseconds since 1970; undefined where the error does not say. */
export function freeAt(error: CardError): number | undefined {
  return error instanceof WaitError ? error.freeAt : error.details.retryAt;
}

/** The database could not be asked: whoever calls may try again, for nothing was sent. */
export function unaskable(cause: unknown): CardError {
  return new CardError(
    "It could not be told whether Okta may be called now.",
    { kind: "unavailable", code: "budget-unknown", sent: false },
    { cause },
  );
}
