import { groupInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { listAction } from "../list-action.ts";
import { path } from "../path.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_GROUP_ID, SAMPLE_OKTA_USER } from "../samples.ts";
import { listedUserFields, userSource } from "../user-fields.ts";

export const listGroupMembers = listAction({
  id: "okta.groups.listMembers",
  title: "List Group Members",
  summary: "Lists the users who are members of a group.",
  docs: docsUrl("Group", "listGroupUsers"),
  category: "Groups",
  keywords: ["group users", "members of", "who is in"],
  endpoint: "GET /api/v1/groups/{groupId}/users",
  scope: "okta.groups.read",
  inputs: { group: groupInput, recordLimit: recordLimitInput },
  many: { key: "users", label: "Users", group: "Result", fields: listedUserFields, source: userSource },
  sample: { inputs: { group: SAMPLE_GROUP_ID }, record: SAMPLE_OKTA_USER },
  ask: ({ group, recordLimit: limit }) => ({ path: path`/api/v1/groups/${{ group }}/users`, limit }),
});
