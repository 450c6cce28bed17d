import { SAMPLE_OKTA_USER } from "../samples.ts";
import { post, type RequestCase } from "../test-requests.ts";
import { changePassword } from "./change-password.ts";
import { expirePassword } from "./expire-password.ts";
import { forgotPassword } from "./forgot-password.ts";
import { unlockUser } from "./lifecycle.ts";
import { reactivateUser } from "./reactivate-user.ts";
import { changeRecoveryQuestion, setRecoveryQuestion } from "./recovery-question.ts";
import { resetPassword } from "./reset-password.ts";
import { clearUserSessions, resetFactors } from "./user-access.ts";

const user = { user: "00u1" };
const resetPasswordUrl = "https://example.okta.com/reset_password/XE6wE17zmphl3KqAPFxO";
const question = "First pet?";
const answer = "Rex the dog";
const credentials = {
  password: {},
  recovery_question: { question },
  provider: { type: "OKTA", name: "OKTA" },
};

/** What the cards about how a user signs in must ask of Okta. For tests. */
export const SECURITY: RequestCase[] = [
  {
    name: "Unlock User",
    card: unlockUser,
    inputs: user,
    request: post("/api/v1/users/00u1/lifecycle/unlock"),
    outputs: { statusCode: 200 },
  },
  {
    name: "Reactivate User gives the link and sends no email",
    card: reactivateUser,
    inputs: user,
    answer: { body: { activationUrl: "https://example.okta.com/welcome/Xa", activationToken: "Xa" } },
    request: post("/api/v1/users/00u1/lifecycle/reactivate", { query: { sendEmail: false } }),
    outputs: {
      statusCode: 200,
      activationUrl: "https://example.okta.com/welcome/Xa",
      activationToken: "Xa",
    },
  },
  {
    name: "Reactivate User with email",
    card: reactivateUser,
    options: { sendEmail: "yes" },
    inputs: user,
    request: post("/api/v1/users/00u1/lifecycle/reactivate", { query: { sendEmail: true } }),
    outputs: { statusCode: 200, activationUrl: null },
  },
  {
    name: "Reset Password sends the email",
    card: resetPassword,
    inputs: user,
    request: post("/api/v1/users/00u1/lifecycle/reset_password", { query: { sendEmail: true } }),
    outputs: { statusCode: 200, resetPasswordUrl: null },
  },
  {
    name: "Reset Password with a link, ending the sessions",
    card: resetPassword,
    options: { sendEmail: "no" },
    inputs: { ...user, revokeSessions: true },
    answer: { body: { resetPasswordUrl } },
    request: post("/api/v1/users/00u1/lifecycle/reset_password", {
      query: { sendEmail: false, revokeSessions: true },
    }),
    outputs: { resetPasswordUrl },
  },
  {
    name: "Reset Password converts, and sends no email whatever its option says",
    card: resetPassword,
    options: { convert: "yes", sendEmail: "yes" },
    inputs: user,
    request: post("/api/v1/users/00u1/lifecycle/reset_password", {
      query: { provider: "FEDERATION", sendEmail: false },
    }),
    outputs: { statusCode: 200 },
  },
  {
    name: "Expire Password",
    card: expirePassword,
    inputs: user,
    answer: { body: { ...SAMPLE_OKTA_USER, status: "PASSWORD_EXPIRED" } },
    request: post("/api/v1/users/00u1/lifecycle/expire_password"),
    outputs: { status: "PASSWORD_EXPIRED", tempPassword: null },
  },
  {
    name: "Expire Password with a temporary one",
    card: expirePassword,
    options: { temporaryPassword: "yes" },
    inputs: { ...user, revokeSessions: true },
    answer: { body: { tempPassword: "Tmp-1-Tmp" } },
    request: post("/api/v1/users/00u1/lifecycle/expire_password_with_temp_password", {
      query: { revokeSessions: true },
    }),
    outputs: { tempPassword: "Tmp-1-Tmp", id: null },
  },
  {
    name: "Change Password",
    card: changePassword,
    inputs: { ...user, oldPassword: "Correct-Horse-9", newPassword: "New-Horse-9" },
    answer: { body: credentials },
    request: post("/api/v1/users/00u1/credentials/change_password", {
      body: { oldPassword: { value: "Correct-Horse-9" }, newPassword: { value: "New-Horse-9" } },
    }),
    outputs: { statusCode: 200, recoveryQuestion: question, provider: { type: "OKTA", name: "OKTA" } },
  },
  {
    name: "Change Password, strictly and ending the sessions",
    card: changePassword,
    inputs: { ...user, oldPassword: "a", newPassword: "b", strict: true, revokeSessions: false },
    request: post("/api/v1/users/00u1/credentials/change_password", {
      query: { strict: true },
      body: { oldPassword: { value: "a" }, newPassword: { value: "b" }, revokeSessions: false },
    }),
  },
  {
    name: "Forgot Password sends the email",
    card: forgotPassword,
    inputs: user,
    request: post("/api/v1/users/00u1/credentials/forgot_password", { query: { sendEmail: true } }),
    outputs: { statusCode: 200, resetPasswordUrl: null },
  },
  {
    name: "Forgot Password with a link",
    card: forgotPassword,
    options: { sendEmail: "no" },
    inputs: user,
    answer: { body: { resetPasswordUrl } },
    request: post("/api/v1/users/00u1/credentials/forgot_password", { query: { sendEmail: false } }),
    outputs: { resetPasswordUrl },
  },
  {
    name: "Set Recovery Question",
    card: setRecoveryQuestion,
    inputs: { ...user, question, answer },
    answer: { body: { ...SAMPLE_OKTA_USER, credentials } },
    request: post("/api/v1/users/00u1", {
      body: { credentials: { recovery_question: { question, answer } } },
    }),
    outputs: { credentials: { recoveryQuestion: question } },
  },
  {
    name: "Change Recovery Question",
    card: changeRecoveryQuestion,
    inputs: { ...user, password: "Correct-Horse-9", question, answer },
    answer: { body: credentials },
    request: post("/api/v1/users/00u1/credentials/change_recovery_question", {
      body: { password: { value: "Correct-Horse-9" }, recovery_question: { question, answer } },
    }),
    outputs: { recoveryQuestion: question },
  },
  {
    name: "Reset Factors",
    card: resetFactors,
    inputs: user,
    request: post("/api/v1/users/00u1/lifecycle/reset_factors"),
    outputs: { statusCode: 200 },
  },
  {
    name: "Clear User Sessions leaves the rest to Okta",
    card: clearUserSessions,
    inputs: user,
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/users/00u1/sessions" },
    outputs: { statusCode: 204 },
  },
  {
    name: "Clear User Sessions with tokens, remembering devices",
    card: clearUserSessions,
    inputs: { ...user, oauthTokens: true, forgetDevices: false },
    answer: { status: 204 },
    request: {
      method: "DELETE",
      path: "/api/v1/users/00u1/sessions",
      query: { oauthTokens: true, forgetDevices: false },
    },
  },
];
