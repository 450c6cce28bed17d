import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { userIdInput, userInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { statusOf, statusOutput } from "../status.ts";

export const resetFactors = oktaAction({
  id: "okta.users.resetFactors",
  version: 1,
  title: "Reset Factors",
  summary: "Removes all MFA enrollments of a user, who enrolls again at the next sign-in.",
  help:
    "The user's status and password stay. Sent again after a lost answer: what the user enrolled in between is " +
    "removed too.",
  docs: docsUrl("UserLifecycle", "resetFactors"),
  connector: okta,
  category: "Users",
  keywords: ["mfa", "multifactor", "reset user factors", "lost phone", "authenticator", "unenroll"],
  endpoint: "POST /api/v1/users/{id}/lifecycle/reset_factors",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "safe",
  inputs: { user: userInput },
  outputs: { statusCode: statusOutput({ success: 200 }) },
  sample: { inputs: { user: SAMPLE_USER_ID }, outputs: { statusCode: 200 } },
  run: async ({ inputs: { user }, client }) => {
    const call = { method: "POST", path: path`/api/v1/users/${{ user }}/lifecycle/reset_factors` } as const;
    return { statusCode: await statusOf(client, call) };
  },
});

export const clearUserSessions = oktaAction({
  id: "okta.users.clearSessions",
  version: 1,
  title: "Clear User Sessions",
  summary: "Ends all Okta sessions of a user, who has to sign in again.",
  help:
    "Sessions an application keeps for itself go on until it asks Okta again. Revoking the OAuth tokens ends the access of " +
    "apps that hold refresh or access tokens of the user.",
  docs: docsUrl("UserSessions", "revokeUserSessions"),
  connector: okta,
  category: "Users",
  keywords: ["sign out", "log out", "revoke tokens", "kick out", "offboarding", "compromised account"],
  endpoint: "DELETE /api/v1/users/{userId}/sessions",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "safe",
  inputs: {
    user: userIdInput,
    oauthTokens: field.boolean({
      label: "Revoke oauthTokens?",
      group: "User",
      emptyMeans: "No",
      help: "Revoke the OpenID Connect and OAuth refresh and access tokens issued to the user.",
    }),
    forgetDevices: field.boolean({
      label: "Forget Devices?",
      group: "User",
      emptyMeans: "Yes in Identity Engine orgs, no in Classic Engine orgs",
      help: "Clear what remembers the user's devices, so that each is asked for factors again.",
    }),
  },
  outputs: { statusCode: statusOutput({}) },
  sample: { inputs: { user: SAMPLE_USER_ID, oauthTokens: true }, outputs: { statusCode: 204 } },
  run: async ({ inputs: { user, oauthTokens, forgetDevices }, client }) => {
    const at = path`/api/v1/users/${{ user }}/sessions`;
    const call = { method: "DELETE", path: at, query: { oauthTokens, forgetDevices } } as const;
    return { statusCode: await statusOf(client, call) };
  },
});

export const userAccessActions: Card[] = [resetFactors, clearUserSessions];
