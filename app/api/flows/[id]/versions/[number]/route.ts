import { getVersion } from "#lib/api/flows.ts";
import { getVersion as get } from "#lib/server/flows/versions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(getVersion, ({ actor, params }) => get(actor, params.id, params.number));
