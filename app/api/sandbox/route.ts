import { getSandbox } from "#lib/api/sandbox.ts";
import { handle } from "#lib/server/http/handle.ts";
import { getSandbox as get } from "#lib/server/sandbox/get-sandbox.ts";

export const GET = handle(getSandbox, ({ actor }) => get(actor));
