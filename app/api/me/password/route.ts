import { changePassword } from "#lib/api/accounts.ts";
import { changePassword as change } from "#lib/server/accounts/change-password.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(changePassword, change);
