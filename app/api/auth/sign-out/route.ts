import { signOut } from "#lib/api/sign-in.ts";
import { signOut as close } from "#lib/server/accounts/sign-in.ts";
import { handlePublic } from "#lib/server/http/handle.ts";

export const POST = handlePublic(signOut, close);
