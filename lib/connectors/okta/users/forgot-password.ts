import { isJsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs } from "../read-outputs.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { resetLinkOutputs } from "./credentials-fields.ts";
import { sendEmailOption, sendsEmail } from "./send-email-option.ts";

const outputs = resetLinkOutputs(
  "Whoever opens it and knows the recovery answer can set the user's password.",
);

export const forgotPassword = oktaAction({
  id: "okta.users.forgotPassword",
  version: 1,
  title: "Forgot Password",
  summary: "Starts the recovery of a forgotten password, by email or with a link.",
  help:
    "The password stays valid until the user has answered the recovery question and chosen a new one; to end it at once, use " +
    "Reset Password. Works on users who are ACTIVE and have a recovery question (else E0000034).\n\n" +
    "After a lost answer a new link is simply made; an email may have been sent, so the execution asks you.",
  docs: docsUrl("UserCred", "forgotPassword"),
  connector: okta,
  category: "Users",
  keywords: ["password recovery", "self-service reset", "recovery email"],
  endpoint: "POST /api/v1/users/{userId}/credentials/forgot_password",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "ask",
  // The user stays as they are, so there is nothing to read back; a second link harms nobody, a second email might.
  effectByOption: { option: "sendEmail", is: { no: { effect: "write", repeat: "safe" } } },
  options: sendEmailOption("Whether Okta sends the user the email. If not, the card gives the link.", "yes"),
  inputs: { user: userIdInput },
  outputs,
  sample: { inputs: { user: SAMPLE_USER_ID }, outputs: { statusCode: 200 } },
  run: async ({ inputs: { user }, options, client }) => {
    const { status, body } = await client.request({
      method: "POST",
      path: path`/api/v1/users/${{ user }}/credentials/forgot_password`,
      query: { sendEmail: sendsEmail(options) },
    });
    return readOutputs(outputs, { ...(isJsonObject(body) ? body : {}), statusCode: status });
  },
});
