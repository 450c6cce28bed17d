import { pauseFlow } from "#lib/api/flows.ts";
import { pauseFlow as pause } from "#lib/server/flows/pause-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(pauseFlow, ({ actor, params, body }) => pause(actor, params.id, body));
