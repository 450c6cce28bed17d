import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { listedAppFields } from "../apps/app-fields.ts";
import { SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { okta } from "../client.ts";
import { listRecords } from "../collect.ts";
import { groupInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_GROUP_ID } from "../samples.ts";

const STANDARD_LIMIT = 200;
const outputs = {
  applications: field.objectList({ group: "Result", label: "Applications", fields: listedAppFields }),
};

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
    group: groupInput,
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} applications`),
  },
  outputs,
  sample: {
    inputs: { group: SAMPLE_GROUP_ID },
    outputs: readSample(outputs, { applications: [SAMPLE_OKTA_APP] }),
  },
  run: async ({ inputs: { group, recordLimit: given }, client }) => {
    const request = { path: path`/api/v1/groups/${{ group }}/apps` };
    const applications = await listRecords(client, request, { given, standard: STANDARD_LIMIT });
    return readOutputs(outputs, { applications });
  },
});
