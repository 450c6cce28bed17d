import { createServiceKey } from "#lib/api/oauth.ts";
import { createServiceKey as create } from "#lib/server/connections/service-app.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(createServiceKey, ({ actor }) => create(actor));
