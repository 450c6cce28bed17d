import { randomBytes } from "node:crypto";
import { flag } from "../http/fields.ts";
import { problem } from "../http/problem.ts";
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
  perform(call, "reset_password");
  if (flag(call.query, "sendEmail", true)) return empty();
  return {
    status: 200,
    body: { resetPasswordUrl: `${call.org.baseUrl}/reset_password/${token()}` },
  };
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
