import { cancelExecutions } from "#lib/api/executions.ts";
import { cancelExecutions as cancel } from "#lib/server/executions/cancel-executions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(cancelExecutions, ({ actor, body }) => cancel(actor, body));
