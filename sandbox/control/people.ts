import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { setStatus, touch } from "../org/lifecycle.ts";
import { type Org, userParty } from "../org/org.ts";
import type { UserRecord, UserStatus } from "../org/users.ts";
import { failure, ok } from "./answers.ts";

/** Who may sign in. Someone whose password has expired signs in too, and is asked for a new one. */
const MAY_SIGN_IN: UserStatus[] = ["ACTIVE", "PASSWORD_EXPIRED"];

/**
 * What people do themselves: there are no sign-in pages in this org, so that a session or a lock-out has to be made.
 * No call of the Management API does it; an admin can only end a session and unlock.
 */
export const peopleRoutes: Route[] = [
  route("POST", "/sandbox/users/{id}/sign-in", (call) =>
    actAs(call, MAY_SIGN_IN, "sign in", (user, org) => {
      user.sessions += 1;
      user.lastLogin = org.timestamp();
      touch(org, user);
      return "user.session.start";
    }),
  ),
  route("POST", "/sandbox/users/{id}/lock", (call) =>
    actAs(call, MAY_SIGN_IN, "be locked out", (user, org) => {
      setStatus(org, user, "LOCKED_OUT");
      return "user.account.lock";
    }),
  ),
];

type Deed = (user: UserRecord, org: Org) => string;

/** Does it, and writes its event with the person as actor and target. */
function actAs({ params, org, origin }: Call, from: UserStatus[], what: string, deed: Deed): Answer {
  const id = params.id ?? "";
  const user = org.users.find(id);
  if (!user) return failure(404, `There is no user ${id}.`);
  if (!from.includes(user.status))
    return failure(409, `Only someone who is ${from.join(" or ")} can ${what}; this user is ${user.status}.`);
  const eventType = deed(user, org);
  const locked = eventType === "user.account.lock";
  org.log.write({
    eventType,
    origin: { ...origin, actor: userParty(user), ip: "127.0.0.1" },
    target: [userParty(user)],
    ...(locked ? { outcome: { result: "FAILURE", reason: "LOCKED_OUT" }, severity: "WARN" as const } : {}),
  });
  org.changed();
  return ok({ id: user.id, status: user.status, sessions: user.sessions });
}
