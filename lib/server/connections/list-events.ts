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
  const { rows } = await database().pool.query<EventRow>(NEWEST_EVENTS, [
    connection.id,
    types.length > 0 ? types : null,
    request.limit,
  ]);
  return {
    events: rows.map(({ id, event_type, published, payload }) => {
      const event = isJsonObject(payload) ? payload : {};
      return {
        id,
        eventType: event_type,
        published: published.toISOString(),
        summary: summaryOf(event),
        payload: event,
      };
    }),
  };
}

interface EventRow {
  id: string;
  event_type: string;
  published: Date;
  payload: unknown;
}

/**
 * The newest of each type, merged: the index begins with the type, and without one asked for a million rows were read (1 s).
 * Which types there are is found by going from one to the next in the same index.
 */
const NEWEST_EVENTS = `
  with recursive known(event_type) as (
    select min(event_type) from events where connection_id = $1 and $2::text[] is null
    union all
    select (select min(event_type) from events v where v.connection_id = $1 and v.event_type > known.event_type)
    from known where known.event_type is not null
  ), wanted(event_type) as (
    select event_type from known where event_type is not null union select unnest($2::text[])
  )
  select e.id, e.event_type, e.published, e.payload from wanted cross join lateral (
    select * from events v where v.connection_id = $1 and v.event_type = wanted.event_type
    order by v.received_at desc limit $3
  ) e
  order by e.received_at desc limit $3`;

/** "Ann Lee, Sales": the names of what the event is about. */
export function summaryOf(event: JsonObject): string {
  const targets = Array.isArray(event.target) ? event.target : [];
  const names = targets.flatMap((target) =>
    isJsonObject(target) && typeof target.displayName === "string" ? [target.displayName] : [],
  );
  return names.join(", ") || (typeof event.displayMessage === "string" ? event.displayMessage : "");
}
