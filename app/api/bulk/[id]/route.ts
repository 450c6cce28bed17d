import { getBulkRun } from "#lib/api/bulk.ts";
import { getBulkRun as get } from "#lib/server/bulk/bulk-view.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getBulkRun, ({ actor, params }) => get(actor, params.id));
