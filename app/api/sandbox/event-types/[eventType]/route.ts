import { getSandboxEventSample } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { getSandboxEventSample as sample } from "#lib/server/sandbox/sandbox-events.ts";

export const GET = handle(getSandboxEventSample, ({ actor, params }) => sample(actor, params.eventType));
