import { createToken, listTokens } from "#lib/api/settings.ts";
import { createToken as create, listTokens as list } from "#lib/server/accounts/tokens.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listTokens, list);
export const POST = handle(createToken, create);
