import { retryExecution } from "#lib/api/executions.ts";
import { retryExecution as retry } from "#lib/server/executions/retry-execution.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(retryExecution, ({ actor, params, body }) => retry(actor, params.id, body));
