import { publishFlow } from "#lib/api/flows.ts";
import { publishFlow as publish } from "#lib/server/flows/publish-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(publishFlow, ({ actor, params, body }) => publish(actor, params.id, body));
