import { authorizeConnection } from "#lib/api/oauth.ts";
import { authorizeAgain } from "#lib/server/connections/begin-authorization.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(authorizeConnection, ({ actor, params, body }) =>
  authorizeAgain(actor, params.id, body),
);
