import { listVersions } from "#lib/api/flows.ts";
import { listVersions as list } from "#lib/server/flows/versions.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listVersions, ({ actor, params }) => list(actor, params.id));
