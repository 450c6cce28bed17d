import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { revokeSessionsInput, userInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUpUser, sinceAttempt } from "../read-back.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_OKTA_USER, SAMPLE_USER_ID } from "../samples.ts";
import { onlyWhen } from "../shape-fields.ts";
import { userFields, userSource } from "../user-fields.ts";

const PLAIN = { option: "temporaryPassword", is: ["no"] };
const TEMPORARY = { option: "temporaryPassword", is: ["yes"] };

const outputs = {
  ...onlyWhen(PLAIN, userFields),
  tempPassword: field.text({
    label: "Temporary Password",
    secret: true,
    when: TEMPORARY,
    help: "The user signs in with it once, and then chooses a new one.",
  }),
};

export const expirePassword = oktaAction({
  id: "okta.users.expirePassword",
  version: 1,
  title: "Expire Password",
  summary: "Makes a user change the password at the next sign-in, with the old or a temporary password.",
  help:
    "Works on users who are ACTIVE, who become PASSWORD_EXPIRED. Without a temporary password they sign in with the " +
    "password they have, and choose a new one.\n\n" +
    "After a lost answer the card looks whether the user has become PASSWORD_EXPIRED. A temporary password that was lost " +
    "with the answer can't be read again: the execution then asks you.",
  docs: docsUrl("UserCred", "expirePassword"),
  connector: okta,
  category: "Users",
  keywords: ["expire password for user", "temporary password", "one-time password", "force password change"],
  endpoint:
    "POST /api/v1/users/{id}/lifecycle/expire_password or …/expire_password_with_temp_password (Temporary Password)",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "check",
  options: {
    temporaryPassword: {
      label: "Temporary Password",
      help: "Whether Okta replaces the password by a temporary one, which the card gives.",
      choices: [
        { value: "no", label: "No" },
        { value: "yes", label: "Yes" },
      ],
      default: "no",
    },
  },
  inputs: {
    user: userInput,
    revokeSessions: { ...revokeSessionsInput, when: TEMPORARY },
  },
  outputs,
  sample: {
    inputs: { user: SAMPLE_USER_ID },
    outputs: readSample(userFields, userSource({ ...SAMPLE_OKTA_USER, status: "PASSWORD_EXPIRED" })),
  },
  run: async ({ inputs: { user, revokeSessions }, options, client }) => {
    const temporary = options.temporaryPassword === "yes";
    const { body } = await client.request({
      method: "POST",
      path: temporary
        ? path`/api/v1/users/${{ user }}/lifecycle/expire_password_with_temp_password`
        : path`/api/v1/users/${{ user }}/lifecycle/expire_password`,
      query: { revokeSessions },
    });
    return readOutputs(outputs, temporary ? body : userSource(body));
  },
  readBack: async ({ inputs: { user }, options, client, now }) => {
    const found = await lookUpUser(client, user);
    if (found?.status !== "PASSWORD_EXPIRED" || !sinceAttempt(client, found.statusChanged, now)) return null;
    if (options.temporaryPassword !== "yes") return readOutputs(outputs, userSource(found));
    throw new CardError("The password was expired, but the temporary password was lost with Okta's answer.", {
      kind: "refused",
      code: "outcome-ambiguous",
      hint: "Give the user a new password with Reset Password; this card can't be tried again on an expired one.",
    });
  },
});
