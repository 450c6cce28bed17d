import { field } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { revokeSessionsInput, userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUpUser, sinceAttempt } from "../read-back.ts";
import { SAMPLE_PASSWORD, SAMPLE_USER_ID } from "../samples.ts";
import { credentialsOutputs, readCredentials, SAMPLE_CREDENTIALS } from "./credentials-fields.ts";

export const changePassword = oktaAction({
  id: "okta.users.changePassword",
  version: 1,
  title: "Change Password",
  summary: "Changes a user's password, given the current one.",
  help:
    "Works on users who are STAGED, ACTIVE, PASSWORD_EXPIRED or RECOVERY (else E0000035); a wrong current password or one " +
    "the policy refuses fails the card (E0000014). To set a password without the current one, use Update User.\n\n" +
    "After a lost answer the card looks whether the password has been changed since the attempt began.",
  docs: docsUrl("UserCred", "changePassword"),
  connector: okta,
  category: "Users",
  keywords: ["new password", "set password", "credentials"],
  endpoint: "POST /api/v1/users/{userId}/credentials/change_password",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "check",
  inputs: {
    user: userIdInput,
    oldPassword: field.text({ label: "Old Password", group: "Credentials", required: true, secret: true }),
    newPassword: field.text({
      label: "New Password",
      group: "Credentials",
      required: true,
      secret: true,
      help: "Must meet the password policy of the org.",
    }),
    strict: field.boolean({
      label: "Strict",
      group: "Credentials",
      emptyMeans: "No",
      help: "Hold the change against the minimum password age of the policy too.",
    }),
    revokeSessions: revokeSessionsInput,
  },
  outputs: credentialsOutputs,
  sample: {
    inputs: { user: SAMPLE_USER_ID, oldPassword: SAMPLE_PASSWORD, newPassword: "Staple-Battery-57" },
    outputs: SAMPLE_CREDENTIALS,
  },
  run: async ({ inputs: { user, oldPassword, newPassword, strict, revokeSessions }, client }) => {
    const body: JsonObject = { oldPassword: { value: oldPassword }, newPassword: { value: newPassword } };
    if (revokeSessions !== undefined) body.revokeSessions = revokeSessions;
    const answer = await client.request({
      method: "POST",
      path: path`/api/v1/users/${{ user }}/credentials/change_password`,
      query: { strict },
      body,
    });
    return readCredentials(answer.body);
  },
  readBack: async ({ inputs: { user }, client, now }) => {
    const found = await lookUpUser(client, user);
    return found && sinceAttempt(client, found.passwordChanged, now)
      ? readCredentials(found.credentials)
      : null;
  },
});
