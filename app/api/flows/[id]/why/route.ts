import { whyNotRun } from "#lib/api/why-not.ts";
import { whyNotRun as why } from "#lib/server/executions/why-not.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(whyNotRun, ({ actor, params, query }) => why(actor, params.id, query));
