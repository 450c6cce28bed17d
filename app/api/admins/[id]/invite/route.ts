import { renewInvite } from "#lib/api/accounts.ts";
import { renewInvite as renew } from "#lib/server/accounts/admins.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(renewInvite, renew);
