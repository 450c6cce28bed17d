import { actInSandbox } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { actInSandbox as act } from "#lib/server/sandbox/act-in-sandbox.ts";

export const POST = handle(actInSandbox, ({ actor, body }) => act(actor, body));
