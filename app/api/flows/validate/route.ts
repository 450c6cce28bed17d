import { validateDocument } from "#lib/api/flows.ts";
import { validateDocument as check } from "#lib/server/flows/edit-flow.ts";
import { handle } from "#lib/server/http/handle.ts";
import { DOCUMENT_BODY_LIMIT } from "#lib/server/http/read-body.ts";

export const POST = handle(validateDocument, ({ actor, body }) => check(actor, body), {
  bodyLimit: DOCUMENT_BODY_LIMIT,
});
