import { exportFlow } from "#lib/api/flows.ts";
import { exportFlow as exported } from "#lib/server/flows/versions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(exportFlow, ({ actor, params, query }) => exported(actor, params.id, query));
