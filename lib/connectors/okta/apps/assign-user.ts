import type { Card } from "../../../cards/define.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUp, sinceAttempt } from "../read-back.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { applicationInput, appProfileInput, appUserFields, appUserSource } from "./app-fields.ts";
import { SAMPLE_OKTA_APP_USER, SAMPLE_OTHER_APP_ID } from "./app-samples.ts";
import { appCredentials, appCredentialsInputs, filled } from "./app-user-inputs.ts";

interface Assignment {
  application: string;
  user: string;
  userName?: string;
  password?: string;
  profile?: JsonObject;
}

const inputs = { application: applicationInput, user: userIdInput, ...appCredentialsInputs };

/** What the two cards share. Okta's scope is always USER here; a group's members get GROUP by assigning the group. */
const assignment = {
  version: 1,
  docs: docsUrl("ApplicationUsers", "assignUserToApplication"),
  connector: okta,
  category: "Applications",
  endpoint: "POST /api/v1/apps/{appId}/users",
  effect: "write",
  repeat: "check",
  outputs: appUserFields,
} as const;

async function assign(client: OktaClient, given: Assignment) {
  const { application, user } = given;
  const body: JsonObject = { id: user, scope: "USER" };
  const credentials = appCredentials(given);
  const profile = filled(given.profile);
  if (credentials) body.credentials = credentials;
  if (profile) body.profile = profile;
  const answer = await client.request({
    method: "POST",
    path: path`/api/v1/apps/${{ application }}/users`,
    body,
  });
  return readOutputs(appUserFields, appUserSource(answer.body));
}

/**
 * An assignment made since the attempt began is its own. An older one is not, and assigning again changes it; whether
 * Okta refuses that for some applications (E0000062) its documents leave open.
 */
async function assigned(client: OktaClient, { application, user }: Assignment, now: Date) {
  const found = await lookUp(client, path`/api/v1/apps/${{ application }}/users/${{ user }}`);
  if (found?.scope !== "USER" || !sinceAttempt(client, found.created, now)) return null;
  return readOutputs(appUserFields, appUserSource(found));
}

const HELP =
  "The assignment is the user's own: its scope is USER, the only one Okta lets anybody choose; people in a group get theirs by Assign Group to Application. " +
  "A user who is assigned already keeps the assignment, with what is filled in here changed.";

export const assignUserForSso = oktaAction({
  ...assignment,
  scopes: ["okta.apps.manage"],
  id: "okta.apps.assignUser",
  title: "Assign User to Application for SSO",
  summary: "Assigns an application to a user, without attributes of its own.",
  help: HELP,
  keywords: ["assign user to an app for sso", "assign app to user", "grant access", "add user to app"],
  inputs,
  sample: {
    inputs: { application: SAMPLE_OTHER_APP_ID, user: SAMPLE_USER_ID },
    outputs: readSample(appUserFields, appUserSource(SAMPLE_OKTA_APP_USER)),
  },
  run: ({ inputs: given, client }) => assign(client, given),
  readBack: ({ inputs: given, client, now }) => assigned(client, given, now),
});

export const assignUserForProvisioning = oktaAction({
  ...assignment,
  scopes: ["okta.apps.manage"],
  id: "okta.apps.assignUserWithProfile",
  title: "Assign User to Application for SSO and Provisioning",
  summary: "Assigns an application to a user, with attributes of the application's own profile.",
  help:
    `${HELP}\n\nOkta fills the profile by the mappings of the application first: fill in only what they leave out. An ` +
    "attribute that a mapping fills and Okta pushes is refused (E0000075).",
  keywords: [
    "assign user to an app for sso and provisioning",
    "assign app to user with profile",
    "provision account",
    "grant access",
  ],
  inputs: { ...inputs, profile: appProfileInput },
  sample: {
    inputs: { application: SAMPLE_OTHER_APP_ID, user: SAMPLE_USER_ID, profile: { nickname: "Annie" } },
    outputs: readSample(appUserFields, appUserSource(SAMPLE_OKTA_APP_USER)),
  },
  run: ({ inputs: given, client }) => assign(client, given),
  readBack: ({ inputs: given, client, now }) => assigned(client, given, now),
});

export const assignUserActions: Card[] = [assignUserForSso, assignUserForProvisioning];
