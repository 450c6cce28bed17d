import { HOOK_EVENT_TYPES } from "../../connectors/okta/events/event-types.ts";
import { database } from "../db/client.ts";

/** Event types the flows that are on listen to, sorted, by the way they can arrive. */
export interface WantedEventTypes {
  /** Those an event hook of Okta can deliver. */
  byHook: string[];
  /** All others: they stand in the System Log only. */
  byLog: string[];
}

/** What a connection's flows listen to, apart by what Okta's hooks can deliver. */
export async function wantedEventTypes(connectionId: string): Promise<WantedEventTypes> {
  const listeners = await database().prisma.flowListener.findMany({
    where: { connectionId },
    distinct: ["eventType"],
    select: { eventType: true },
    orderBy: { eventType: "asc" },
  });
  const types = listeners.map(({ eventType }) => eventType);
  return {
    byHook: types.filter((type) => HOOK_EVENT_TYPES.has(type)),
    byLog: types.filter((type) => !HOOK_EVENT_TYPES.has(type)),
  };
}
