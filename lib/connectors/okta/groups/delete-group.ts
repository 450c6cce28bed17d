import { okta } from "../client.ts";
import { groupInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUp } from "../read-back.ts";
import { SAMPLE_GROUP_ID } from "../samples.ts";
import { statusOf, statusOutput } from "../status.ts";

export const deleteGroup = oktaAction({
  id: "okta.groups.delete",
  version: 1,
  title: "Delete Group",
  summary: "Deletes a group for good, with the access its members had through it.",
  help:
    "Can't be taken back. Group rules that assign users to the group become INVALID. Everyone can't be deleted.\n\n" +
    "After a lost answer the card looks whether the group is gone.",
  docs: docsUrl("Group", "deleteGroup"),
  connector: okta,
  category: "Groups",
  keywords: ["remove group"],
  endpoint: "DELETE /api/v1/groups/{groupId}",
  scopes: ["okta.groups.manage"],
  effect: "write",
  repeat: "check",
  inputs: { group: groupInput },
  outputs: { statusCode: statusOutput({}) },
  sample: { inputs: { group: SAMPLE_GROUP_ID }, outputs: { statusCode: 204 } },
  run: async ({ inputs: { group }, client }) => {
    const call = { method: "DELETE", path: path`/api/v1/groups/${{ group }}` } as const;
    return { statusCode: await statusOf(client, call) };
  },
  readBack: async ({ inputs: { group }, client }) =>
    (await lookUp(client, path`/api/v1/groups/${{ group }}`)) ? null : { statusCode: 204 },
});
