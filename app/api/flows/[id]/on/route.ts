import { turnFlowOn } from "#lib/api/flows.ts";
import { turnFlowOn as turnOn } from "#lib/server/flows/publish-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(turnFlowOn, ({ actor, params }) => turnOn(actor, params.id));
