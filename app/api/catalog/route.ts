import { listCards } from "#lib/api/catalog.ts";
import { listCards as list } from "#lib/server/catalog/catalog.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listCards, list);
