import { listSandboxEventTypes } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { listSandboxEventTypes as list } from "#lib/server/sandbox/sandbox-events.ts";

export const GET = handle(listSandboxEventTypes, ({ actor }) => list(actor));
