import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { listRecords } from "../collect.ts";
import { groupInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_GROUP_ID, SAMPLE_OKTA_USER } from "../samples.ts";
import { listedUserFields, userSource } from "../user-fields.ts";

const STANDARD_LIMIT = 200;
const outputs = { users: field.objectList({ group: "Result", label: "Users", fields: listedUserFields }) };

export const listGroupMembers = defineAction({
  id: "okta.groups.listMembers",
  version: 1,
  title: "List Group Members",
  summary: "Lists the users who are members of a group.",
  docs: docsUrl("Group", "listGroupUsers"),
  connector: okta,
  category: "Groups",
  keywords: ["group users", "members of", "who is in"],
  endpoint: "GET /api/v1/groups/{groupId}/users",
  scopes: ["okta.groups.read"],
  effect: "read",
  inputs: {
    group: groupInput,
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} users`),
  },
  outputs,
  sample: {
    inputs: { group: SAMPLE_GROUP_ID },
    outputs: readSample(outputs, { users: [userSource(SAMPLE_OKTA_USER)] }),
  },
  run: async ({ inputs: { group, recordLimit: given }, client }) => {
    const request = { path: path`/api/v1/groups/${{ group }}/users` };
    const users = await listRecords(client, request, { given, standard: STANDARD_LIMIT });
    return readOutputs(outputs, { users: users.map(userSource) });
  },
});
