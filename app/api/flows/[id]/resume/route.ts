import { resumeFlow } from "#lib/api/flows.ts";
import { resumeFlow as resume } from "#lib/server/flows/pause-flow.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(resumeFlow, ({ actor, params }) => resume(actor, params.id));
