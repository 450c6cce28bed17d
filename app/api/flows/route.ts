import { createFlow, listFlows } from "#lib/api/flows.ts";
import { createFlow as create, listFlows as list } from "#lib/server/flows/edit-flow.ts";
import { handle } from "#lib/server/http/handle.ts";
import { DOCUMENT_BODY_LIMIT } from "#lib/server/http/read-body.ts";

export const GET = handle(listFlows, ({ actor }) => list(actor));
export const POST = handle(createFlow, ({ actor, body }) => create(actor, body), {
  bodyLimit: DOCUMENT_BODY_LIMIT,
});
