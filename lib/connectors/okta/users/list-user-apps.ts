import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { listedAppFields } from "../apps/app-fields.ts";
import { SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { okta } from "../client.ts";
import { listRecords } from "../collect.ts";
import { userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { quoted } from "../loaders/search-text.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_USER_ID } from "../samples.ts";

const STANDARD_LIMIT = 200;
const outputs = {
  applications: field.objectList({ group: "Result", label: "Applications", fields: listedAppFields }),
};

export const listUserApps = defineAction({
  id: "okta.users.listApps",
  version: 1,
  title: "List Applications Assigned to User",
  summary: "Lists the applications a user is assigned to, directly or through a group.",
  docs: docsUrl("Application", "listApplications"),
  connector: okta,
  category: "Users",
  keywords: ["user apps", "app assignments", "access of a user", "application access"],
  endpoint: 'GET /api/v1/apps?filter=user.id eq "{userId}"',
  scopes: ["okta.apps.read"],
  effect: "read",
  inputs: {
    user: userIdInput,
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} applications`),
  },
  outputs,
  sample: {
    inputs: { user: SAMPLE_USER_ID },
    outputs: readSample(outputs, { applications: [SAMPLE_OKTA_APP] }),
  },
  run: async ({ inputs: { user, recordLimit: given }, client }) => {
    const request = { path: "/api/v1/apps", query: { filter: `user.id eq ${quoted(user)}` } };
    const applications = await listRecords(client, request, { given, standard: STANDARD_LIMIT });
    return readOutputs(outputs, { applications });
  },
});
