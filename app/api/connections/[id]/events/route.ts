import { listEvents } from "#lib/api/connections.ts";
import { listEvents as list } from "#lib/server/connections/list-events.ts";
import { handle } from "#lib/server/http/handle.ts";

/** The folder is called [id] because Next.js allows one name per level; here it is the alias. */
export const GET = handle(listEvents, ({ actor, params, query }) => list(actor, { ...params, ...query }));
