import { turnFlowOff } from "#lib/api/flows.ts";
import { turnFlowOff as turnOff } from "#lib/server/flows/publish-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(turnFlowOff, ({ actor, params }) => turnOff(actor, params.id));
