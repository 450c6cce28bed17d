import { testCard } from "#lib/api/catalog.ts";
import { testCard as test } from "#lib/server/cards/test-card.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(testCard, ({ actor, params, body }) => test(actor, params.cardId, body));
