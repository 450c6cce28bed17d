import { signIn } from "#lib/api/sign-in.ts";
import { signIn as open } from "#lib/server/accounts/sign-in.ts";
import { handlePublic } from "#lib/server/http/handle.ts";

export const POST = handlePublic(signIn, open);
