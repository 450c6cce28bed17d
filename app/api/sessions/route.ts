import { listSessions } from "#lib/api/settings.ts";
import { listSessions as list } from "#lib/server/accounts/sessions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listSessions, list);
