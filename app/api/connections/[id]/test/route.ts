import { testConnection } from "#lib/api/connections.ts";
import { testConnection as test } from "#lib/server/connections/test-connection.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(testConnection, ({ actor, params }) => test(actor, params.id));
