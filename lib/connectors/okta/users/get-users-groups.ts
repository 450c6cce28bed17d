import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { collect, recordLimit } from "../collect.ts";
import { userIdOrLoginInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { groupSource, memberGroupFields } from "../group-fields.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_OKTA_GROUP, SAMPLE_USER_ID } from "../samples.ts";

const STANDARD_LIMIT = 200;
const outputs = { groups: field.objectList({ label: "Groups", fields: memberGroupFields }) };

export const getUsersGroups = defineAction({
  id: "okta.users.getGroups",
  version: 1,
  title: "Get Users Groups",
  summary: "Lists the groups a user is a member of, the group Everyone included.",
  docs: docsUrl("UserResources", "listUserGroups"),
  connector: okta,
  category: "Users",
  keywords: ["group memberships", "list user groups", "member of"],
  endpoint: "GET /api/v1/users/{id}/groups",
  scopes: ["okta.users.read"],
  effect: "read",
  inputs: {
    user: userIdOrLoginInput,
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} groups`),
  },
  outputs,
  sample: {
    inputs: { user: SAMPLE_USER_ID },
    outputs: readSample(outputs, { groups: [groupSource(SAMPLE_OKTA_GROUP)] }),
  },
  run: async ({ inputs: { user, recordLimit: limit }, client }) => {
    const request = { path: path`/api/v1/users/${{ user }}/groups` };
    const groups = await collect(client, request, recordLimit(limit, STANDARD_LIMIT));
    return readOutputs(outputs, { groups: groups.map(groupSource) });
  },
});
