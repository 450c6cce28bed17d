import { sampleEventOfFlow } from "#lib/api/flows.ts";
import { sampleEventOfFlow as sample } from "#lib/server/flows/test-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(sampleEventOfFlow, ({ actor, params }) => sample(actor, params.id));
