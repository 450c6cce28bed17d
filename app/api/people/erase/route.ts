import { erasePerson } from "#lib/api/people.ts";
import { handle } from "#lib/server/http/handle.ts";
import { erasePersonFor } from "#lib/server/retention/erase-person.ts";

export const POST = handle(erasePerson, ({ actor, body }) => erasePersonFor(actor, body));
