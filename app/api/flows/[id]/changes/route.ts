import { changesOfFlow } from "#lib/api/flows.ts";
import { changesOfFlow as changes } from "#lib/server/flows/changes-of-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(changesOfFlow, ({ actor, params }) => changes(actor, params.id));
