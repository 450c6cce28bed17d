import { SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { listedApps } from "../apps/listed-apps.ts";
import { groupInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { listAction } from "../list-action.ts";
import { path } from "../path.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_GROUP_ID } from "../samples.ts";

export const listGroupApps = listAction({
  id: "okta.groups.listApps",
  title: "List Applications Assigned to Group",
  summary: "Lists the applications the members of a group get through it.",
  docs: docsUrl("Group", "listAssignedApplicationsForGroup"),
  category: "Groups",
  keywords: ["group apps", "app assignments", "access of a group", "application access"],
  endpoint: "GET /api/v1/groups/{groupId}/apps",
  scope: "okta.groups.read",
  inputs: { group: groupInput, recordLimit: recordLimitInput },
  many: listedApps,
  sample: { inputs: { group: SAMPLE_GROUP_ID }, record: SAMPLE_OKTA_APP },
  ask: ({ group, recordLimit: limit }) => ({ path: path`/api/v1/groups/${{ group }}/apps`, limit }),
});
