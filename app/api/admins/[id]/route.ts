import { changeRole, removeAdmin } from "#lib/api/accounts.ts";
import { removeAdmin as remove } from "#lib/server/accounts/admins.ts";
import { changeRole as change } from "#lib/server/accounts/change-role.ts";
import { handle } from "#lib/server/http/handle.ts";

export const PATCH = handle(changeRole, change);
export const DELETE = handle(removeAdmin, remove);
