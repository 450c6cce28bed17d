import { previewReplay } from "#lib/api/replay.ts";
import { handle } from "#lib/server/http/handle.ts";
import { previewReplay as preview } from "#lib/server/replay/preview-replay.ts";

export const POST = handle(previewReplay, ({ actor, params, body }) => preview(actor, params.id, body));
