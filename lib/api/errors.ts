import { z } from "zod";
import { flowIssueSchema } from "./issues.ts";

/** Codes of API errors and the HTTP status each has. */
export const API_ERROR_STATUS = {
  "bad-request": 400,
  "not-signed-in": 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  "unsupported-media-type": 415,
  invalid: 422,
  "too-many-requests": 429,
  internal: 500,
  "upstream-failed": 502,
  unavailable: 503,
} as const;

export type ApiErrorCode = keyof typeof API_ERROR_STATUS;

export const apiErrorSchema = z.object({
  code: z.enum(Object.keys(API_ERROR_STATUS) as [ApiErrorCode, ...ApiErrorCode[]]),
  /** What happened, for people. */
  message: z.string(),
  /** What to do about it. */
  hint: z.string().optional(),
  /** `invalid`: what is wrong with a flow document. */
  issues: z.array(flowIssueSchema).optional(),
  /** `bad-request`: what is wrong with the request, by place. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** `upstream-failed`: the request left, and it may have been done all the same. */
  inDoubt: z.boolean().optional(),
  /** `conflict`: the state that stands, where the answer to the conflict needs it. */
  current: z.unknown().optional(),
});

export type ApiErrorBody = z.infer<typeof apiErrorSchema>;
