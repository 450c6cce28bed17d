import { userIdOrLoginInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { groupSource, memberGroupFields } from "../group-fields.ts";
import { listAction } from "../list-action.ts";
import { path } from "../path.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_OKTA_GROUP, SAMPLE_USER_ID } from "../samples.ts";

export const getUsersGroups = listAction({
  id: "okta.users.getGroups",
  title: "Get Users Groups",
  summary: "Lists the groups a user is a member of, the group Everyone included.",
  docs: docsUrl("UserResources", "listUserGroups"),
  category: "Users",
  keywords: ["group memberships", "list user groups", "member of"],
  endpoint: "GET /api/v1/users/{id}/groups",
  scope: "okta.users.read",
  inputs: { user: userIdOrLoginInput, recordLimit: recordLimitInput },
  many: { key: "groups", label: "Groups", fields: memberGroupFields, source: groupSource, pageSize: "none" },
  sample: { inputs: { user: SAMPLE_USER_ID }, record: SAMPLE_OKTA_GROUP },
  ask: ({ user, recordLimit: limit }) => ({ path: path`/api/v1/users/${{ user }}/groups`, limit }),
});
