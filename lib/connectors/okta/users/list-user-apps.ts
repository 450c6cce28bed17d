import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { listedAppFields } from "../apps/app-fields.ts";
import { SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { okta } from "../client.ts";
import { collect, PAGE_SIZE, recordLimit } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { quoted } from "../loaders/search-text.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { userId } from "./credentials-fields.ts";

const STANDARD_LIMIT = 200;
const outputs = { applications: field.objectList({ label: "Applications", fields: listedAppFields }) };

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
    user: userId,
    recordLimit: field.number({
      label: "Record Limit",
      emptyMeans: `The first ${STANDARD_LIMIT} applications`,
    }),
  },
  outputs,
  sample: {
    inputs: { user: SAMPLE_USER_ID },
    outputs: readSample(outputs, { applications: [SAMPLE_OKTA_APP] }),
  },
  run: async ({ inputs: { user, recordLimit: given }, client }) => {
    const limit = recordLimit(given, STANDARD_LIMIT);
    const query = { filter: `user.id eq ${quoted(user)}`, limit: Math.min(limit, PAGE_SIZE) };
    const applications = await collect(client, { path: "/api/v1/apps", query }, limit);
    return readOutputs(outputs, { applications });
  },
});
