import { previewBulk } from "#lib/api/bulk.ts";
import { BULK_BODY_LIMIT } from "#lib/server/bulk/body-limit.ts";
import { previewBulk as preview } from "#lib/server/bulk/preview-bulk.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(previewBulk, ({ actor, body }) => preview(actor, body), {
  bodyLimit: BULK_BODY_LIMIT,
});
