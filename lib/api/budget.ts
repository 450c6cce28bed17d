import { z } from "zod";
import { idParams, instantSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Percent of each rate bucket that flows leave to others. */
export const reserveSchema = z.int().min(0).max(90);
/** Calls of flows under way at once. Okta's own limit is 75 for most orgs. */
export const maxCallsSchema = z.int().min(1).max(500);

const budgetSchema = z.object({
  reservePercent: reserveSchema,
  maxCalls: maxCallsSchema,
  /** Rate buckets flows have called in the last hour, the busiest first. */
  buckets: z.array(
    z.object({
      name: z
        .string()
        .describe(
          'Method class and path family, as "GET /api/v1/users/{id}"; several, with commas, that Okta counts as one',
        ),
      limit: z.number().describe("Calls per window"),
      reserved: z.number().describe("Calls flows leave to others"),
      remaining: z.number().nullable().describe("The least seen left in this window; null between windows"),
      resetAt: instantSchema.nullable(),
      used: z.number().describe("Calls of flows in this window"),
      usedBefore: z.number().describe("Calls of flows in the window before"),
      waiting: z.number().describe("Executions that wait for it"),
    }),
  ),
  waiting: z.number().describe("Executions that wait before a call to this org"),
  down: z
    .object({ since: instantSchema, until: instantSchema, reason: z.string() })
    .nullable()
    .describe("The org fails call after call and is not called until then"),
});
export type BudgetView = z.infer<typeof budgetSchema>;

export const getBudget = endpoint({
  method: "GET",
  path: "/api/connections/{id}/budget",
  summary: "How much of the org's rate limits flows use",
  tag: "Connections",
  permission: "connections.read",
  params: idParams,
  answer: budgetSchema,
});
