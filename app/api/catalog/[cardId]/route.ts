import { getCard } from "#lib/api/catalog.ts";
import { getCard as get } from "#lib/server/catalog/catalog.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getCard, get);
