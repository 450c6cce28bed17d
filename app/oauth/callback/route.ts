import { oauthCallback } from "#lib/server/connections/oauth-callback.ts";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

/** Where an org sends an admin back to who was asked for consent. */
export function GET(request: Request): Promise<Response> {
  return oauthCallback(request);
}
