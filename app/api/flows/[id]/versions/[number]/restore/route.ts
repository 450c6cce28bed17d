import { restoreVersion } from "#lib/api/flows.ts";
import { restoreVersion as restore } from "#lib/server/flows/versions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(restoreVersion, ({ actor, params, body }) =>
  restore(actor, params.id, params.number, body),
);
