import { removeAdmin } from "#lib/api/accounts.ts";
import { removeAdmin as remove } from "#lib/server/accounts/admins.ts";
import { handle } from "#lib/server/http/handle.ts";

export const DELETE = handle(removeAdmin, remove);
