import { loadFields } from "#lib/api/loaders.ts";
import { loadFields as load } from "#lib/server/connections/load-from-org.ts";
import { handle } from "#lib/server/http/handle.ts";

/** The folder is called [id] because Next.js allows one name per level; here it is the alias. */
export const GET = handle(loadFields, ({ actor, params, query }) => load(actor, { ...params, ...query }));
