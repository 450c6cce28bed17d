import { listSandboxDeliveries } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { listSandboxDeliveries as list } from "#lib/server/sandbox/sandbox-deliveries.ts";

export const GET = handle(listSandboxDeliveries, ({ actor }) => list(actor));
