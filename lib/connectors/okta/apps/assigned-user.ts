import type { Card } from "../../../cards/define.ts";
import { okta } from "../client.ts";
import { tellAdminsInput, userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUp } from "../read-back.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { statusOf, statusOutput } from "../status.ts";
import { applicationInput, appUserFields, appUserSource } from "./app-fields.ts";
import { SAMPLE_APP_ID, SAMPLE_OKTA_APP_USER } from "./app-samples.ts";
import { listAssignedUsers } from "./list-assigned.ts";

const inputs = { application: applicationInput, user: userIdInput };

export const getAssignedUser = oktaAction({
  id: "okta.apps.getUser",
  version: 1,
  title: "Get Assigned User for Application",
  summary: "Reads how a user is assigned to an application, with the application's own profile.",
  help:
    "A user who is not assigned fails the card (E0000007). Who is assigned through a group is found too, with the scope " +
    "GROUP.",
  docs: docsUrl("ApplicationUsers", "getApplicationUser"),
  connector: okta,
  category: "Applications",
  keywords: [
    "get assigned user for an app",
    "get assigned user for the application",
    "app user",
    "read assignment",
    "application profile",
  ],
  endpoint: "GET /api/v1/apps/{appId}/users/{userId}",
  scopes: ["okta.apps.read"],
  effect: "read",
  inputs,
  outputs: appUserFields,
  sample: {
    inputs: { application: SAMPLE_APP_ID, user: SAMPLE_USER_ID },
    outputs: readSample(appUserFields, appUserSource(SAMPLE_OKTA_APP_USER)),
  },
  run: async ({ inputs: { application, user }, client }) => {
    const { body } = await client.request({
      method: "GET",
      path: path`/api/v1/apps/${{ application }}/users/${{ user }}`,
    });
    return readOutputs(appUserFields, appUserSource(body));
  },
});

export const removeUserFromApplication = oktaAction({
  id: "okta.apps.removeUser",
  version: 1,
  title: "Remove User from Application",
  summary: "Ends a user's assignment to an application.",
  help:
    "Where provisioning is on, Okta may deactivate the account in the application too. A user who is assigned through a " +
    "group keeps the application as long as the group has it. A user who is not assigned fails the card (E0000007).\n\n" +
    "After a lost answer the card looks: an assignment that is gone counts as removed.",
  docs: docsUrl("ApplicationUsers", "unassignUserFromApplication"),
  connector: okta,
  category: "Applications",
  keywords: [
    "remove user from an app",
    "revoke app for user",
    "remove user from the application",
    "unassign",
    "offboarding",
  ],
  endpoint: "DELETE /api/v1/apps/{appId}/users/{userId}",
  scopes: ["okta.apps.manage"],
  effect: "write",
  repeat: "check",
  inputs: {
    ...inputs,
    sendEmail: tellAdminsInput,
  },
  outputs: { status: statusOutput({ label: "Status", group: "Result" }) },
  sample: { inputs: { application: SAMPLE_APP_ID, user: SAMPLE_USER_ID }, outputs: { status: 204 } },
  run: async ({ inputs: { application, user, sendEmail }, client }) => {
    const at = path`/api/v1/apps/${{ application }}/users/${{ user }}`;
    return { status: await statusOf(client, { method: "DELETE", path: at, query: { sendEmail } }) };
  },
  readBack: async ({ inputs: { application, user }, client }) => {
    const found = await lookUp(client, path`/api/v1/apps/${{ application }}/users/${{ user }}`);
    return found ? null : { status: 204 };
  },
});

export const assignedUserActions: Card[] = [getAssignedUser, listAssignedUsers, removeUserFromApplication];
