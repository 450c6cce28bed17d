import type { CardOption, OptionValues } from "../../../cards/card.ts";
import { isJsonObject, type JsonObject } from "../../../flow/json.ts";
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

const convertOption: CardOption = {
  label: "Convert to Federated User",
  help: "Whether the user signs in through another identity provider from now on, and has no password in Okta any more.",
  choices: [
    { value: "no", label: "No" },
    { value: "yes", label: "Yes" },
  ],
  default: "no",
};

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
    "email, the card looks whether the user has become RECOVERY; without, it makes a new link.\n\n" +
    "**Convert to Federated User** takes the password away for good and sends no email, whatever Send Email says. Okta's " +
    "reference no longer lists this parameter of the call, its own cards still send it. After a lost answer the card looks " +
    "whether the user's provider is FEDERATION.",
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
  options: {
    convert: convertOption,
    ...sendEmailOption("Whether Okta sends the user the email. If not, the card gives the link.", "yes"),
  },
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
      query: converts(options)
        ? { provider: "FEDERATION", sendEmail: false, revokeSessions }
        : { sendEmail: sendsEmail(options), revokeSessions },
    });
    return readOutputs(outputs, { ...(isJsonObject(body) ? body : {}), statusCode: status });
  },
  readBack: async ({ inputs: { user }, options, client, now }) => {
    const found = await lookUpUser(client, user);
    if (converts(options)) return isFederated(found) ? { statusCode: 200, resetPasswordUrl: null } : null;
    if (found?.status !== "RECOVERY" || !sinceAttempt(client, found.statusChanged, now)) return null;
    return { statusCode: 200, resetPasswordUrl: null };
  },
});

function converts(options: OptionValues): boolean {
  return options.convert === "yes";
}

function isFederated(user: JsonObject | null): boolean {
  const credentials = isJsonObject(user?.credentials) ? user.credentials : {};
  return isJsonObject(credentials.provider) && credentials.provider.type === "FEDERATION";
}
