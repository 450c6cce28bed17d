import { getExecution } from "#lib/api/executions.ts";
import { getExecution as get } from "#lib/server/executions/get-execution.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getExecution, ({ actor, params }) => get(actor, params.id));
