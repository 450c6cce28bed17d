import { registerHook } from "#lib/api/connections.ts";
import { registerHook as register } from "#lib/server/connections/change-connection.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(registerHook, ({ actor, params }) => register(actor, params.id));
