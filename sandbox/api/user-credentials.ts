import { bodyObject, flag, type Json, objectField, requiredText } from "../http/fields.ts";
import { problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { setStatus, touch } from "../org/lifecycle.ts";
import { type Org, userParty } from "../org/org.ts";
import { digest, matches, passwordProblem } from "../org/passwords.ts";
import { credentialsJson } from "../org/user-view.ts";
import { loginOf, type UserRecord, type UserStatus } from "../org/users.ts";
import { userByIdOf } from "./user-access.ts";
import { readQuestion } from "./user-credentials-input.ts";
import { token } from "./user-lifecycle.ts";

const credential = (name: string, handle: (call: Call) => Answer): Route =>
  route("POST", `/api/v1/users/{userId}/credentials/${name}`, handle);

/** /api/v1/users/{userId}/credentials/… */
export const userCredentialRoutes: Route[] = [
  credential("change_password", changePassword),
  credential("change_recovery_question", changeRecoveryQuestion),
  credential("forgot_password", forgotPassword),
  credential("forgot_password_recovery_question", answerRecoveryQuestion),
];

const MAY_CHANGE_PASSWORD: UserStatus[] = ["STAGED", "ACTIVE", "PASSWORD_EXPIRED", "RECOVERY"];
const MAY_CHANGE_QUESTION: UserStatus[] = ["STAGED", "ACTIVE", "RECOVERY"];

function changePassword(call: Call): Answer {
  const { org } = call;
  const user = userByIdOf(call);
  const body = bodyObject(call.body);
  if (!MAY_CHANGE_PASSWORD.includes(user.status)) throw problem("E0000035");
  const old = secretOf(body, "oldPassword");
  const next = secretOf(body, "newPassword");
  if (!matches(old, user.password))
    throw problem("E0000014", "", ["oldPassword: Old Password is not correct"]);
  setPassword(call, user, next);
  if (flag(call.query, "revokeSessions", false) || body.revokeSessions === true) user.sessions = 0;
  if (user.status === "RECOVERY" || user.status === "PASSWORD_EXPIRED") setStatus(org, user, "ACTIVE");
  return { status: 200, body: credentialsJson(user) };
}

function changeRecoveryQuestion(call: Call): Answer {
  const { org, origin } = call;
  const user = userByIdOf(call);
  const body = bodyObject(call.body);
  if (!MAY_CHANGE_QUESTION.includes(user.status)) throw problem("E0000036");
  if (!matches(secretOf(body, "password"), user.password))
    throw problem("E0000014", "", ["password: Password is not correct"]);
  user.recovery = readQuestion(objectField(body, "recovery_question") ?? {});
  touch(org, user);
  // The security question is an authenticator in Identity Engine; changing it is written as a factor update.
  org.log.write({ eventType: "user.mfa.factor.update", origin, target: [userParty(user)] });
  return { status: 200, body: credentialsJson(user) };
}

function forgotPassword(call: Call): Answer {
  const { org, origin } = call;
  const user = userByIdOf(call);
  checkForgotten(user);
  org.log.write({
    eventType: "user.account.reset_password",
    origin,
    target: [userParty(user)],
    debugData: { isSelfInitiated: "true" },
  });
  if (flag(call.query, "sendEmail", true)) return { status: 200, body: {} };
  return { status: 200, body: { resetPasswordUrl: resetAddress(org) } };
}

function answerRecoveryQuestion(call: Call): Answer {
  const user = userByIdOf(call);
  const body = bodyObject(call.body);
  checkForgotten(user);
  const recovery = objectField(body, "recovery_question") ?? {};
  const answer = requiredText(recovery, "answer", "recovery_question.answer");
  if (!matches(answer, user.recovery?.answer ?? null)) throw problem("E0000087");
  setPassword(call, user, secretOf(body, "password"));
  return { status: 200, body: credentialsJson(user) };
}

function checkForgotten(user: UserRecord): void {
  if (user.status !== "ACTIVE" || !user.recovery) throw problem("E0000034");
}

function setPassword(call: Call, user: UserRecord, password: string): void {
  const { org, origin } = call;
  const cause = passwordProblem(password, loginOf(user));
  if (cause) throw problem("E0000014", "", [cause]);
  user.password = digest(password);
  user.passwordChanged = org.timestamp();
  touch(org, user);
  org.log.write({ eventType: "user.account.update_password", origin, target: [userParty(user)] });
}

function secretOf(body: Json, name: string): string {
  return requiredText(objectField(body, name) ?? {}, "value", `${name}.value`);
}

function resetAddress(org: Org): string {
  return `${org.baseUrl}/signin/reset-password/${token()}`;
}
