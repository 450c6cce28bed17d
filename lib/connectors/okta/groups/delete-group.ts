import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { path } from "../path.ts";
import { lookUp } from "../read-back.ts";
import { SAMPLE_GROUP_ID } from "../samples.ts";

export const deleteGroup = defineAction({
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
  inputs: { group: field.text({ label: "ID", required: true, picker: "okta.groups" }) },
  outputs: {
    statusCode: field.number({ label: "Status Code", help: "204 when Okta has carried it out." }),
  },
  sample: { inputs: { group: SAMPLE_GROUP_ID }, outputs: { statusCode: 204 } },
  run: async ({ inputs: { group }, client }) => {
    const { status } = await client.request({ method: "DELETE", path: path`/api/v1/groups/${{ group }}` });
    return { statusCode: status };
  },
  readBack: async ({ inputs: { group }, client }) =>
    (await lookUp(client, path`/api/v1/groups/${{ group }}`)) ? null : { statusCode: 204 },
});
