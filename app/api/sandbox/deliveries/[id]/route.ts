import { getSandboxDelivery } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { getSandboxDelivery as get } from "#lib/server/sandbox/sandbox-deliveries.ts";

export const GET = handle(getSandboxDelivery, ({ actor, params }) => get(actor, params.id));
