import { deleteConnection, getConnection, updateConnection } from "#lib/api/connections.ts";
import { updateConnection as update } from "#lib/server/connections/change-connection.ts";
import { deleteConnection as remove } from "#lib/server/connections/delete-connection.ts";
import { getConnection as get } from "#lib/server/connections/list-connections.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getConnection, ({ actor, params }) => get(actor, params.id));
export const PATCH = handle(updateConnection, ({ actor, params, body }) => update(actor, params.id, body));
export const DELETE = handle(deleteConnection, ({ actor, params }) => remove(actor, params.id));
