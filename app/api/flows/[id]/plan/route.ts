import { planFlow } from "#lib/api/flows.ts";
import { handle } from "#lib/server/http/handle.ts";
import { planFlow as plan } from "#lib/server/plan/plan-flow.ts";

export const POST = handle(planFlow, ({ actor, params, body }) => plan(actor, params.id, body));
