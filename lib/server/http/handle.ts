import { authenticate } from "../accounts/current-actor.ts";
import { env } from "../env/env.ts";
import { handlerWith } from "./handler-with.ts";
import { reportFailure } from "./report-failure.ts";

export type { Call, Input } from "./handler-with.ts";

/**
 * `export const GET = handle(endpoint, service)`: the whole of an API route. See handler-with.ts for what it refuses.
 * Outside production every answer is checked against the endpoint's schema, so that a lie fails where it is told.
 */
export const { handle, handlePublic } = handlerWith({
  authenticate,
  publicUrl: () => env().publicUrl,
  report: reportFailure,
  checkAnswers: process.env.NODE_ENV !== "production",
});
