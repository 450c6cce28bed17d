import { testFlow } from "#lib/api/flows.ts";
import { testFlow as test } from "#lib/server/flows/test-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(testFlow, ({ actor, params, body }) => test(actor, params.id, body));
