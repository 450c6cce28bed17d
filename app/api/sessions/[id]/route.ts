import { revokeSession } from "#lib/api/settings.ts";
import { revokeSession as revoke } from "#lib/server/accounts/sessions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const DELETE = handle(revokeSession, revoke);
