import { listExecutions } from "#lib/api/executions.ts";
import { listExecutions as list } from "#lib/server/executions/list-executions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listExecutions, ({ actor, query }) => list(actor, query));
