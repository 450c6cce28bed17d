import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { PATH_HEADER } from "../http/page-headers.ts";
import type { Actor } from "./actor.ts";
import { currentSession } from "./current-session.ts";
import { safeNextPath } from "./safe-next-path.ts";
import { setupNeeded } from "./setup.ts";

/**
 * The signed-in person, for server components of the console. Others are sent to /setup while there is no account,
 * else to /sign-in with the way back in `?next=`. API tokens don't open pages.
 */
export async function requirePageActor(): Promise<Actor> {
  const requestHeaders = await headers();
  const session = await currentSession(new Headers(requestHeaders));
  if (session !== undefined) return session.actor;
  if (await setupNeeded()) redirect("/setup");
  const next = safeNextPath(requestHeaders.get(PATH_HEADER));
  redirect(next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
}
