import { retryExecutions } from "#lib/api/executions.ts";
import { startRetryRun } from "#lib/server/bulk/start-retry-run.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(retryExecutions, ({ actor, body }) => startRetryRun(actor, body));
