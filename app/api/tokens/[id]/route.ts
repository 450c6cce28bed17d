import { revokeToken } from "#lib/api/settings.ts";
import { revokeToken as revoke } from "#lib/server/accounts/tokens.ts";
import { handle } from "#lib/server/http/handle.ts";

export const DELETE = handle(revokeToken, revoke);
