import { deleteFlow, getFlow, updateFlow } from "#lib/api/flows.ts";
import { getFlow as get, updateFlow as update } from "#lib/server/flows/edit-flow.ts";
import { deleteFlow as remove } from "#lib/server/flows/publish-flow.ts";
import { handle } from "#lib/server/http/handle.ts";
import { DOCUMENT_BODY_LIMIT } from "#lib/server/http/read-body.ts";

export const GET = handle(getFlow, ({ actor, params }) => get(actor, params.id));
export const PUT = handle(updateFlow, ({ actor, params, body }) => update(actor, params.id, body), {
  bodyLimit: DOCUMENT_BODY_LIMIT,
});
export const DELETE = handle(deleteFlow, ({ actor, params }) => remove(actor, params.id));
