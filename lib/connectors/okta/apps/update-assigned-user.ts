import type { Card } from "../../../cards/define.ts";
import type { Json, JsonObject } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { applicationInput, appProfileInput, appUserFields, appUserSource } from "./app-fields.ts";
import { SAMPLE_APP_ID, SAMPLE_OKTA_APP_USER } from "./app-samples.ts";
import { appCredentials, appCredentialsInputs, filled, nothingToUpdate } from "./app-user-inputs.ts";

const inputs = { application: applicationInput, user: userIdInput, ...appCredentialsInputs };

/** What the two cards share. Sent again, the same values leave the same assignment. */
const update = {
  version: 1,
  docs: docsUrl("ApplicationUsers", "updateApplicationUser"),
  connector: okta,
  category: "Applications",
  endpoint: "POST /api/v1/apps/{appId}/users/{userId}",
  effect: "write",
  repeat: "safe",
  outputs: appUserFields,
} as const;

/** Okta takes credentials or a profile in one call, not both; so each part is a call, and the last answer counts. */
async function send(
  client: OktaClient,
  { application, user }: { application: string; user: string },
  parts: JsonObject[],
) {
  if (parts.length === 0) throw nothingToUpdate();
  const at = path`/api/v1/apps/${{ application }}/users/${{ user }}`;
  let body: Json = null;
  for (const part of parts) ({ body } = await client.request({ method: "POST", path: at, body: part }));
  return readOutputs(appUserFields, appUserSource(body));
}

export const updateAppCredentials = oktaAction({
  ...update,
  scopes: ["okta.apps.manage"],
  id: "okta.apps.updateCredentials",
  title: "Update Application Credentials for an Assigned User",
  summary: "Changes the name or the password with which a user signs in to an application.",
  help: "An input left empty is not sent and stays as it is. The user has to be assigned already (else E0000007).",
  keywords: ["update app credentials for an assigned user", "app password", "app username"],
  inputs,
  sample: {
    inputs: { application: SAMPLE_APP_ID, user: SAMPLE_USER_ID, userName: "ann.lee@example.com" },
    outputs: readSample(appUserFields, appUserSource(SAMPLE_OKTA_APP_USER)),
  },
  run: ({ inputs: given, client }) => {
    const credentials = appCredentials(given);
    return send(client, given, credentials ? [{ credentials }] : []);
  },
});

export const updateAppProfile = oktaAction({
  ...update,
  scopes: ["okta.apps.manage"],
  id: "okta.apps.updateProfile",
  title: "Update Application Profile for an Assigned User",
  summary: "Changes attributes of the profile an application keeps of a user.",
  help:
    "An input left empty is not sent and stays as it is, and so does one mapped to something empty; to blank an attribute, clear " +
    "it on purpose. An attribute that a mapping fills and Okta pushes is refused " +
    "(E0000075). The user has to be assigned already (else E0000007).\n\n" +
    "Okta takes credentials and profile in calls of their own: where both are filled in, the credentials go first.",
  keywords: ["update app profile for an assigned user", "app user attributes", "application role"],
  inputs: { ...inputs, profile: { ...appProfileInput, clearable: true } },
  sample: {
    inputs: { application: SAMPLE_APP_ID, user: SAMPLE_USER_ID, profile: { githubLogin: "ann-lee" } },
    outputs: readSample(appUserFields, appUserSource(SAMPLE_OKTA_APP_USER)),
  },
  writes: ({ inputs: given }) => (appCredentials(given) && filled(given.profile) ? 2 : 1),
  run: ({ inputs: given, client }) => {
    const credentials = appCredentials(given);
    const profile = filled(given.profile);
    return send(client, given, [
      ...(credentials ? [{ credentials }] : []),
      ...(profile ? [{ profile }] : []),
    ]);
  },
});

export const updateAssignedUserActions: Card[] = [updateAppCredentials, updateAppProfile];
