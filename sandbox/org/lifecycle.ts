import { invalid, notFound, type OktaProblem, problem } from "../http/problem.ts";
import type { Org } from "./org.ts";
import type { UserRecord, UserStatus } from "./users.ts";

/** One lifecycle operation: from which statuses it works, where it leads, and what Okta answers otherwise. */
export interface Transition {
  from: readonly UserStatus[];
  /** Null leaves the status as it is. */
  to: (user: UserRecord) => UserStatus | null;
  otherwise: (user: UserRecord) => OktaProblem;
  eventType: string;
}

const ALL: readonly UserStatus[] = [
  "STAGED",
  "PROVISIONED",
  "ACTIVE",
  "RECOVERY",
  "LOCKED_OUT",
  "PASSWORD_EXPIRED",
  "SUSPENDED",
  "DEPROVISIONED",
];
const except = (...left: UserStatus[]): UserStatus[] => ALL.filter((status) => !left.includes(status));

export type LifecycleStep =
  | "activate"
  | "reactivate"
  | "deactivate"
  | "suspend"
  | "unsuspend"
  | "unlock"
  | "expire_password"
  | "reset_password"
  | "reset_factors";

/**
 * The user state machine of Okta's Users API, one row per operation.
 * Where its documentation leaves the refusal open (activate of SUSPENDED, expire_password, reset_password) the
 * code is the nearest documented one.
 */
export const TRANSITIONS: Record<LifecycleStep, Transition> = {
  activate: {
    from: ["STAGED", "DEPROVISIONED"],
    to: (user) => (user.password ? "ACTIVE" : "PROVISIONED"),
    otherwise: () => problem("E0000016"),
    eventType: "user.lifecycle.activate",
  },
  reactivate: {
    from: ["PROVISIONED", "RECOVERY"],
    to: () => null,
    otherwise: () => problem("E0000038"),
    eventType: "user.lifecycle.reactivate",
  },
  deactivate: {
    from: except("DEPROVISIONED"),
    to: () => "DEPROVISIONED",
    otherwise: (user) => notFound(user.id, "User"),
    eventType: "user.lifecycle.deactivate",
  },
  suspend: {
    from: ["ACTIVE"],
    to: () => "SUSPENDED",
    otherwise: () => refused("Cannot suspend a user that is not active"),
    eventType: "user.lifecycle.suspend",
  },
  unsuspend: {
    from: ["SUSPENDED"],
    to: () => "ACTIVE",
    otherwise: () => refused("Cannot unsuspend a user that is not suspended"),
    eventType: "user.lifecycle.unsuspend",
  },
  unlock: {
    from: ["LOCKED_OUT"],
    to: () => "ACTIVE",
    otherwise: () => problem("E0000032"),
    eventType: "user.account.unlock_by_admin",
  },
  expire_password: {
    from: ["ACTIVE"],
    to: () => "PASSWORD_EXPIRED",
    otherwise: () => problem("E0000038"),
    eventType: "user.account.expire_password",
  },
  reset_password: {
    from: except("STAGED", "DEPROVISIONED"),
    to: () => "RECOVERY",
    otherwise: () => problem("E0000038"),
    eventType: "user.account.reset_password",
  },
  reset_factors: {
    from: ALL,
    to: () => null,
    otherwise: () => problem("E0000038"),
    eventType: "user.mfa.factor.reset_all",
  },
};

function refused(cause: string): OktaProblem {
  return invalid(cause, cause);
}

/** Marks a user as changed now. Every change of a user ends here. */
export function touch(org: Org, user: UserRecord): void {
  user.lastUpdated = org.timestamp();
  user.version += 1;
}

/** Moves a user to another status and sets the timestamps that go with it. */
export function setStatus(org: Org, user: UserRecord, status: UserStatus): void {
  const now = org.timestamp();
  user.status = status;
  user.statusChanged = now;
  if (status === "ACTIVE" || status === "PROVISIONED") user.activated ??= now;
  if (status === "DEPROVISIONED") {
    // Okta drops the credential with the account: activating again leads to PROVISIONED, and a new password.
    user.password = null;
    user.sessions = 0;
    user.activated = null;
  }
  if (status === "SUSPENDED") user.sessions = 0;
  touch(org, user);
}
