import { replayEvents } from "#lib/api/replay.ts";
import { handle } from "#lib/server/http/handle.ts";
import { startReplay } from "#lib/server/replay/start-replay.ts";

export const POST = handle(replayEvents, ({ actor, params, body }) => startReplay(actor, params.id, body));
