import { injectSandboxEvent } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { injectSandboxEvent as inject } from "#lib/server/sandbox/sandbox-events.ts";

export const POST = handle(injectSandboxEvent, ({ actor, body }) => inject(actor, body));
