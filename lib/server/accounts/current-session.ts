import { database } from "../db/client.ts";
import { env } from "../env/env.ts";
import { ApiProblem } from "../http/problem.ts";
import type { Actor } from "./actor.ts";
import { auth } from "./auth.ts";
import { isUserRole } from "./authorize.ts";
import { acceptedCookies, SESSION_COOKIE } from "./cookie-kind.ts";

/** A session nobody used for this long has ended. */
const IDLE_MS = 24 * 60 * 60 * 1000;
/** "Last used" is written at most this often, so that reading does not mean writing. */
const TOUCH_EVERY_MS = 60 * 1000;

/** A signed-in person's session. */
export interface CurrentSession {
  id: string;
  actor: Actor;
  email: string;
}

/**
 * The session a request's cookie stands for; undefined when there is none, or it has expired or been idle too long.
 *
 * @throws ApiProblem "forbidden" when the account has a role this version doesn't know
 */
export async function currentSession(headers: Headers): Promise<CurrentSession | undefined> {
  const cookies = headers.get("cookie") ?? "";
  for (const kind of acceptedCookies(headers, env().publicUrl)) {
    if (!cookies.includes(`${SESSION_COOKIE[kind]}=`)) continue;
    const found = await auth(kind).api.getSession({ headers });
    if (found === null) continue;
    const { session, user } = found;
    if (await endedByIdling(session)) continue;
    if (!isUserRole(user.role)) {
      throw new ApiProblem(
        "forbidden",
        `Your account has the role "${user.role}", which this version doesn't know.`,
      );
    }
    const actor: Actor = { kind: "user", id: user.id, name: user.name, role: user.role };
    return { id: session.id, actor, email: user.email };
  }
  return undefined;
}

/** Ends a session that was idle too long; notes the use of one that was not. */
async function endedByIdling(session: { id: string; updatedAt: Date }): Promise<boolean> {
  const { prisma } = database();
  const idleMs = Date.now() - session.updatedAt.getTime();
  if (idleMs > IDLE_MS) {
    await prisma.session.deleteMany({ where: { id: session.id } });
    return true;
  }
  if (idleMs > TOUCH_EVERY_MS) {
    await prisma.session.updateMany({ where: { id: session.id }, data: { updatedAt: new Date() } });
  }
  return false;
}
