import { acceptInvite } from "#lib/api/accounts.ts";
import { acceptInvite as accept } from "#lib/server/accounts/invites.ts";
import { handlePublic } from "#lib/server/http/handle.ts";

export const POST = handlePublic(acceptInvite, accept);
