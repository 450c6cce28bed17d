import { findBulkPeople } from "#lib/api/bulk.ts";
import { findPeople } from "#lib/server/bulk/find-people.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(findBulkPeople, ({ actor, body }) => findPeople(actor, body));
