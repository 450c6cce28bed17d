import { addAdmin, listAdmins } from "#lib/api/accounts.ts";
import { addAdmin as add, listAdmins as list } from "#lib/server/accounts/admins.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listAdmins, list);
export const POST = handle(addAdmin, add);
