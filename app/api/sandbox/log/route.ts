import { listSandboxLog } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { listSandboxLog as list } from "#lib/server/sandbox/sandbox-log.ts";

export const GET = handle(listSandboxLog, ({ actor, query }) => list(actor, query));
