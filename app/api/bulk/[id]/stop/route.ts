import { stopBulk } from "#lib/api/bulk.ts";
import { stopBulk as stop } from "#lib/server/bulk/stop-bulk.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(stopBulk, ({ actor, params }) => stop(actor, params.id));
