import type { Answer } from "../http/router.ts";

/** A refusal of the control API: a sentence that says what is wrong. */
export function failure(status: number, error: string): Answer {
  return { status, body: { error } };
}

/** What went well. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}
