import { currentSession } from "../accounts/current-session.ts";
import { safeNextPath } from "../accounts/safe-next-path.ts";
import { errorAnswer } from "../http/error-answer.ts";
import { reportFailure } from "../http/report-failure.ts";
import { finishAuthorization } from "./finish-authorization.ts";
import { outcomeNote } from "./outcome-note.ts";

/**
 * The answer to a browser an org sends back: always on to the connections page, which tells how it ended. Somebody who
 * is not signed in any more signs in first and comes back here; the attempt waits for its own account.
 */
export async function oauthCallback(request: Request): Promise<Response> {
  try {
    const url = new URL(request.url);
    const session = await currentSession(request.headers);
    if (!session) {
      const next = safeNextPath(url.pathname + url.search);
      return goTo(`/sign-in?next=${encodeURIComponent(next)}`);
    }
    const outcome = await finishAuthorization(session.actor, url.searchParams);
    return goTo(`/connections?outcome=${outcomeNote(session.actor, outcome)}`);
  } catch (error) {
    return errorAnswer(error, "GET /oauth/callback", reportFailure);
  }
}

/** A relative address: behind a proxy the request's own host is not the one the browser knows. */
function goTo(location: string): Response {
  return new Response(null, {
    status: 303,
    // The code must not go on to the next page as its referrer, nor stay in a cache.
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
}
