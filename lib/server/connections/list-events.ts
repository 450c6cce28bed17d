import { isJsonObject, type JsonObject } from "../../flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { database } from "../db/client.ts";
import { connectionByAlias } from "./find-connection.ts";

export interface ArrivedEvent {
  id: string;
  eventType: string;
  published: string;
  summary: string;
  payload: JsonObject;
}

/** Real events that arrived from an org, newest first. @param request.types event types, separated by commas */
export async function listEvents(
  actor: Actor,
  request: { alias: string; types?: string; limit: number },
): Promise<{ events: ArrivedEvent[] }> {
  authorize(actor, "executions.read");
  const connection = await connectionByAlias(request.alias);
  const types = (request.types ?? "").split(",").filter((type) => type !== "");
  const rows = await database().prisma.event.findMany({
    where: { connectionId: connection.id, ...(types.length > 0 ? { eventType: { in: types } } : {}) },
    orderBy: { receivedAt: "desc" },
    take: request.limit,
  });
  return {
    events: rows.map(({ id, eventType, published, payload }) => {
      const event = isJsonObject(payload) ? payload : {};
      return { id, eventType, published: published.toISOString(), summary: summaryOf(event), payload: event };
    }),
  };
}

/** "Ann Lee, Sales": the names of what the event is about. */
export function summaryOf(event: JsonObject): string {
  const targets = Array.isArray(event.target) ? event.target : [];
  const names = targets.flatMap((target) =>
    isJsonObject(target) && typeof target.displayName === "string" ? [target.displayName] : [],
  );
  return names.join(", ") || (typeof event.displayMessage === "string" ? event.displayMessage : "");
}
