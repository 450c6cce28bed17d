import { deliverAgain } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { deliverAgain as again } from "#lib/server/sandbox/sandbox-deliveries.ts";

export const POST = handle(deliverAgain, ({ actor, params }) => again(actor, params.id));
