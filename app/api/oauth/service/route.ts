import { connectServiceApp } from "#lib/api/oauth.ts";
import { connectServiceApp as connect } from "#lib/server/connections/service-app.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(connectServiceApp, ({ actor, body }) => connect(actor, body));
