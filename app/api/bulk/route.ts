import { listBulkRuns, startBulk } from "#lib/api/bulk.ts";
import { BULK_BODY_LIMIT } from "#lib/server/bulk/body-limit.ts";
import { listBulkRuns as list } from "#lib/server/bulk/bulk-view.ts";
import { startBulk as start } from "#lib/server/bulk/start-bulk.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listBulkRuns, ({ actor, query }) => list(actor, query));
export const POST = handle(startBulk, ({ actor, body }) => start(actor, body), {
  bodyLimit: BULK_BODY_LIMIT,
});
