import { validateFlow } from "#lib/api/flows.ts";
import { validateFlow as check } from "#lib/server/flows/edit-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(validateFlow, ({ actor, params }) => check(actor, params.id));
