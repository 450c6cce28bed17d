import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { listedAppFields } from "../apps/app-fields.ts";
import { SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { okta } from "../client.ts";
import { collect, PAGE_SIZE, recordLimit } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_GROUP_ID } from "../samples.ts";

const STANDARD_LIMIT = 200;
const outputs = { applications: field.objectList({ label: "Applications", fields: listedAppFields }) };

export const listGroupApps = defineAction({
  id: "okta.groups.listApps",
  version: 1,
  title: "List Applications Assigned to Group",
  summary: "Lists the applications the members of a group get through it.",
  docs: docsUrl("Group", "listAssignedApplicationsForGroup"),
  connector: okta,
  category: "Groups",
  keywords: ["group apps", "app assignments", "access of a group", "application access"],
  endpoint: "GET /api/v1/groups/{groupId}/apps",
  scopes: ["okta.groups.read"],
  effect: "read",
  inputs: {
    group: field.text({ label: "Group ID", required: true, picker: "okta.groups" }),
    recordLimit: field.number({
      label: "Record Limit",
      emptyMeans: `The first ${STANDARD_LIMIT} applications`,
    }),
  },
  outputs,
  sample: {
    inputs: { group: SAMPLE_GROUP_ID },
    outputs: readSample(outputs, { applications: [SAMPLE_OKTA_APP] }),
  },
  run: async ({ inputs: { group, recordLimit: given }, client }) => {
    const limit = recordLimit(given, STANDARD_LIMIT);
    const request = {
      path: path`/api/v1/groups/${{ group }}/apps`,
      query: { limit: Math.min(limit, PAGE_SIZE) },
    };
    const applications = await collect(client, request, limit);
    return readOutputs(outputs, { applications });
  },
});
