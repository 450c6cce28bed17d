import { okta } from "../client.ts";
import { groupInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { groupFields } from "../group-fields.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_GROUP_ID, SAMPLE_OKTA_GROUP } from "../samples.ts";
import { inGroup } from "../shape-fields.ts";

const outputs = inGroup("Properties", groupFields);

export const readGroup = oktaAction({
  id: "okta.groups.read",
  version: 1,
  title: "Read Group",
  summary: "Reads a group by ID.",
  help: "A group that does not exist fails the card (E0000007). By name: Get Group by Name.",
  docs: docsUrl("Group", "getGroup"),
  connector: okta,
  category: "Groups",
  keywords: ["get group", "group details", "lookup"],
  endpoint: "GET /api/v1/groups/{groupId}",
  scopes: ["okta.groups.read"],
  effect: "read",
  inputs: { group: groupInput },
  outputs,
  sample: { inputs: { group: SAMPLE_GROUP_ID }, outputs: readSample(outputs, SAMPLE_OKTA_GROUP) },
  run: async ({ inputs: { group }, client }) => {
    const { body } = await client.request({ method: "GET", path: path`/api/v1/groups/${{ group }}` });
    return readOutputs(outputs, body);
  },
});
