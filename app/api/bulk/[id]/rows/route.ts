import { listBulkRows } from "#lib/api/bulk.ts";
import { listBulkRows as list } from "#lib/server/bulk/bulk-rows.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listBulkRows, ({ actor, params, query }) => list(actor, params.id, query));
