import { getBacklog } from "#lib/api/backlog.ts";
import { getBacklog as backlog } from "#lib/server/backlog/get-backlog.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getBacklog, ({ actor, query }) => backlog(actor, query));
