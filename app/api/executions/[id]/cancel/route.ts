import { cancelExecution } from "#lib/api/executions.ts";
import { cancelExecution as cancel } from "#lib/server/executions/cancel-execution.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(cancelExecution, ({ actor, params }) => cancel(actor, params.id));
