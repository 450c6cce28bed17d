import { getOAuthFacts } from "#lib/api/oauth.ts";
import { oauthFacts } from "#lib/server/connections/begin-authorization.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getOAuthFacts, ({ actor }) => oauthFacts(actor));
