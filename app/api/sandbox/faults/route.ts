import { setSandboxFaults } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { setSandboxFaults as set } from "#lib/server/sandbox/sandbox-faults.ts";

export const PUT = handle(setSandboxFaults, ({ actor, body }) => set(actor, body.rules));
