import { createConnection, listConnections } from "#lib/api/connections.ts";
import { createConnection as create } from "#lib/server/connections/create-connection.ts";
import { listConnections as list } from "#lib/server/connections/list-connections.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listConnections, ({ actor }) => list(actor));
export const POST = handle(createConnection, ({ actor, body }) => create(actor, body));
