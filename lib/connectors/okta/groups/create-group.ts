import { field } from "../../../cards/field.ts";
import { isJsonObject, type JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { groupSource, madeGroupFields } from "../group-fields.ts";
import { oktaAction } from "../okta-action.ts";
import { sinceAttempt } from "../read-back.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import { customPropertiesInput } from "./group-inputs.ts";
import { groupsNamed } from "./groups-named.ts";

const outputs = {
  ...madeGroupFields,
  links: field.object({
    label: "Links",
    group: "Properties",
    help: "Addresses of what belongs to the group.",
  }),
};

export const createGroup = oktaAction({
  id: "okta.groups.create",
  version: 1,
  title: "Create Group",
  summary: "Creates a group that is managed in Okta.",
  help:
    "A name that is taken fails the card (E0000001).\n\n" +
    "After a lost answer the card looks for the name: a group created since the attempt began is taken as its own. An older " +
    "one is not, and Okta answers that the name is taken.",
  docs: docsUrl("Group", "addGroup"),
  connector: okta,
  category: "Groups",
  keywords: ["add group", "new group"],
  endpoint: "POST /api/v1/groups",
  scopes: ["okta.groups.manage"],
  effect: "write",
  repeat: "check",
  inputs: {
    name: field.text({ label: "Name", group: "Group", required: true, help: "1 to 255 characters." }),
    description: field.text({ label: "Description", group: "Group" }),
    customProperties: customPropertiesInput,
  },
  outputs,
  sample: {
    inputs: { name: "Night Shift", description: "Support between 22:00 and 6:00" },
    outputs: readSample(
      outputs,
      groupSource({
        ...SAMPLE_OKTA_GROUP,
        profile: { name: "Night Shift", description: "Support between 22:00 and 6:00" },
      }),
    ),
  },
  run: async ({ inputs: { name, description, customProperties }, client }) => {
    const profile: JsonObject = { ...customProperties, name };
    if (description !== undefined) profile.description = description;
    const { body } = await client.request({ method: "POST", path: "/api/v1/groups", body: { profile } });
    return readOutputs(outputs, groupSource(body));
  },
  readBack: async ({ inputs: { name }, client, now }) => {
    const own = (await groupsNamed(client, name)).find(
      (group) =>
        isJsonObject(group) && group.type === "OKTA_GROUP" && sinceAttempt(client, group.created, now),
    );
    return own ? readOutputs(outputs, groupSource(own)) : null;
  },
});
