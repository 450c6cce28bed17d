import { randomBytes } from "node:crypto";
import { flag } from "../http/fields.ts";
import { invalid, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { dropAccounts } from "../org/assignments.ts";
import { type LifecycleStep, setStatus, TRANSITIONS, touch } from "../org/lifecycle.ts";
import { userParty } from "../org/org.ts";
import { digest } from "../org/passwords.ts";
import { applyRules } from "../org/rule-engine.ts";
import { userJson } from "../org/user-view.ts";
import type { UserRecord } from "../org/users.ts";
import { userOf } from "./user-access.ts";

const step = (name: string, handle: (call: Call) => Answer): Route =>
  route("POST", `/api/v1/users/{id}/lifecycle/${name}`, handle);

/** /api/v1/users/{id}/lifecycle/…: one route per row of the state machine. */
export const userLifecycleRoutes: Route[] = [
  step("activate", (call) => {
    const user = perform(call, "activate");
    return user.status === "PROVISIONED" ? activation(call, true) : empty();
  }),
  step("reactivate", (call) => {
    perform(call, "reactivate");
    return activation(call, false);
  }),
  step("deactivate", (call) => {
    perform(call, "deactivate");
    return empty();
  }),
  step("suspend", (call) => {
    perform(call, "suspend");
    return empty();
  }),
  step("unsuspend", (call) => {
    perform(call, "unsuspend");
    return empty();
  }),
  step("unlock", (call) => {
    perform(call, "unlock");
    return empty();
  }),
  step("expire_password", (call) => ({
    status: 200,
    body: userJson(perform(call, "expire_password"), call.org),
  })),
  step("expire_password_with_temp_password", expireWithTemporary),
  step("reset_password", resetPassword),
  step("reset_factors", resetFactors),
];

const empty = (): Answer => ({ status: 200, body: {} });

/** Takes one step of the state machine, writes its event, and answers the user. Throws what the row says. */
function perform(call: Call, name: LifecycleStep): UserRecord {
  const { org, origin } = call;
  const user = userOf(call);
  const row = TRANSITIONS[name];
  if (!row.from.includes(user.status)) throw row.otherwise(user);
  const status = row.to(user);
  if (status) setStatus(org, user, status);
  else touch(org, user);
  if (status === "DEPROVISIONED") dropAccounts(org, user, origin);
  org.log.write({ eventType: row.eventType, origin, target: [userParty(user)] });
  if (status === "ACTIVE") applyRules(org, user, origin);
  return user;
}

function activation(call: Call, emailByDefault: boolean): Answer {
  if (flag(call.query, "sendEmail", emailByDefault)) return empty();
  const activationToken = token();
  return {
    status: 200,
    body: { activationUrl: `${call.org.baseUrl}/welcome/${activationToken}`, activationToken },
  };
}

function expireWithTemporary(call: Call): Answer {
  const user = perform(call, "expire_password");
  const tempPassword = `Tmp1${token().slice(0, 8)}`;
  user.password = digest(tempPassword);
  return { status: 200, body: { tempPassword } };
}

// sendEmail has no default here: without it Okta refuses, because the two answers differ in what they give away.
function resetPassword(call: Call): Answer {
  userOf(call);
  if (!call.query.get("sendEmail")) throw problem("E0000028", "", ["sendEmail: is required"]);
  if (call.query.get("provider") === "FEDERATION") return federate(call);
  perform(call, "reset_password");
  if (flag(call.query, "sendEmail", true)) return empty();
  return {
    status: 200,
    body: { resetPasswordUrl: `${call.org.baseUrl}/reset_password/${token()}` },
  };
}

/**
 * The parameter `provider` is in Okta's older reference only: the user signs in elsewhere from then on, and no email may go
 * out. Which status a conversion leaves nobody documents; here it stays, but a reset that was under way is over.
 */
function federate(call: Call): Answer {
  const { org, origin } = call;
  const user = userOf(call);
  if (flag(call.query, "sendEmail", false)) throw invalid("sendEmail", "sendEmail: must be false");
  const row = TRANSITIONS.reset_password;
  if (!row.from.includes(user.status)) throw row.otherwise(user);
  user.password = null;
  user.provider = { type: "FEDERATION", name: "FEDERATION" };
  if (user.status === "RECOVERY" || user.status === "PASSWORD_EXPIRED") setStatus(org, user, "ACTIVE");
  else touch(org, user);
  org.log.write({ eventType: row.eventType, origin, target: [userParty(user)] });
  return empty();
}

function resetFactors(call: Call): Answer {
  const user = perform(call, "reset_factors");
  user.factors = [];
  return empty();
}

/** A one-time token of the length Okta's have. It opens nothing: the sandbox org has no sign-in pages. */
export function token(): string {
  return randomBytes(15).toString("base64url");
}
