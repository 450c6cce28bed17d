import { getMe } from "#lib/api/settings.ts";
import { me } from "#lib/server/accounts/sessions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getMe, me);
