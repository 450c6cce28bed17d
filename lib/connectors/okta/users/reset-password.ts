import { isJsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { revokeSessionsInput, userInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUpUser, sinceAttempt } from "../read-back.ts";
import { readOutputs } from "../read-outputs.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { resetLinkOutputs } from "./credentials-fields.ts";
import { sendEmailOption, sendsEmail } from "./send-email-option.ts";

const outputs = resetLinkOutputs("Whoever opens it can set the user's password.");

export const resetPassword = oktaAction({
  id: "okta.users.resetPassword",
  version: 1,
  title: "Reset Password",
  summary: "Ends a user's password and lets the user choose a new one, by email or with a link.",
  help:
    "The user becomes RECOVERY and can't sign in until there is a new password. Users who are STAGED or DEPROVISIONED are " +
    "refused (E0000038).\n\n" +
    "Okta has no default for Send Email here; this card sends the email unless you choose No. After a lost answer with " +
    "email, the card looks whether the user has become RECOVERY; without, it makes a new link.",
  docs: docsUrl("UserCred", "resetPassword"),
  connector: okta,
  category: "Users",
  keywords: ["reset password for user", "password recovery", "compromised account", "new password"],
  endpoint: "POST /api/v1/users/{id}/lifecycle/reset_password",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "check",
  // The link can't be read back. A new one makes it worthless, and nobody has it.
  effectByOption: { option: "sendEmail", is: { no: { effect: "write", repeat: "safe" } } },
  options: sendEmailOption("Whether Okta sends the user the email. If not, the card gives the link.", "yes"),
  inputs: {
    user: userInput,
    revokeSessions: revokeSessionsInput,
  },
  outputs,
  sample: { inputs: { user: SAMPLE_USER_ID }, outputs: { statusCode: 200 } },
  run: async ({ inputs: { user, revokeSessions }, options, client }) => {
    const { status, body } = await client.request({
      method: "POST",
      path: path`/api/v1/users/${{ user }}/lifecycle/reset_password`,
      query: { sendEmail: sendsEmail(options), revokeSessions },
    });
    return readOutputs(outputs, { ...(isJsonObject(body) ? body : {}), statusCode: status });
  },
  readBack: async ({ inputs: { user }, client, now }) => {
    const found = await lookUpUser(client, user);
    if (found?.status !== "RECOVERY" || !sinceAttempt(found.statusChanged, now)) return null;
    return { statusCode: 200, resetPasswordUrl: null };
  },
});
