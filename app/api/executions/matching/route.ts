import { matchingExecutions } from "#lib/api/executions.ts";
import { matchingExecutions as matching } from "#lib/server/executions/matching-executions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(matchingExecutions, ({ actor, query }) => matching(actor, query));
