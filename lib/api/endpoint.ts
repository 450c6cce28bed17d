import type { z } from "zod";

/**
 * What an actor must be allowed to do for a route. `lib/server/accounts` decides who may. Whatever calls an org with a
 * connection's credentials is `executions.run` at least, also where it only reads: who may look at what the console
 * keeps may not therefore ask the org what else there is.
 */
export const PERMISSIONS = [
  "flows.read",
  "flows.write",
  "flows.publish",
  "executions.read",
  "executions.run",
  "connections.read",
  "connections.manage",
  "settings.manage",
  "accounts.manage",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One route of the JSON API. Server handler, typed client, query keys and the OpenAPI document are all made from it.
 * Answers are JSON; errors are `{ error: ApiError }`.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  method: Method;
  /** With `{name}` for params: `/api/flows/{id}`. */
  path: string;
  summary: string;
  tag: string;
  /** "public" routes need no account. */
  permission: Permission | "public" | "signedIn";
  params?: Params;
  query?: Query;
  body?: Body;
  answer: Answer;
}

/** Declares a route; keeps the exact schema types. */
export function endpoint<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(definition: Endpoint<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return definition;
}
