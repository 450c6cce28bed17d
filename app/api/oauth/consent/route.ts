import { beginAuthorization } from "#lib/api/oauth.ts";
import { beginAuthorization as begin } from "#lib/server/connections/begin-authorization.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(beginAuthorization, ({ actor, body }) => begin(actor, body));
