import { CardError } from "../../../cards/errors.ts";
import { clearable, field } from "../../../cards/field.ts";
import { isJsonObject, type JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { groupInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { groupSource, madeGroupFields } from "../group-fields.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_GROUP_ID, SAMPLE_OKTA_GROUP } from "../samples.ts";
import { customPropertiesInput } from "./group-inputs.ts";

export const updateGroup = oktaAction({
  id: "okta.groups.update",
  version: 1,
  title: "Update Group",
  summary: "Changes the name, description or custom properties of a group.",
  help:
    "What is left empty stays as it is; to empty the description or a property, clear it on purpose. Okta itself only replaces a group's whole " +
    "profile, so the card reads it first and sends it back with the changes. Only groups managed in Okta can be changed " +
    "(else E0000006).",
  docs: docsUrl("Group", "replaceGroup"),
  connector: okta,
  category: "Groups",
  keywords: ["rename group", "edit group", "group description"],
  endpoint: "GET and PUT /api/v1/groups/{groupId}",
  scopes: ["okta.groups.manage"],
  effect: "write",
  repeat: "safe",
  inputs: {
    group: groupInput,
    name: field.text({
      label: "Name",
      group: "Group",
      emptyMeans: "The name stays.",
      help: "1 to 255 characters.",
    }),
    description: clearable(
      field.text({ label: "Description", group: "Group", emptyMeans: "The description stays." }),
    ),
    customProperties: { ...customPropertiesInput, clearable: true },
  },
  outputs: madeGroupFields,
  sample: {
    inputs: { group: SAMPLE_GROUP_ID, description: "Everybody who builds the product" },
    outputs: readSample(madeGroupFields, groupSource(SAMPLE_OKTA_GROUP)),
  },
  run: async ({ inputs: { group, name, description, customProperties }, client }) => {
    const changes: JsonObject = { ...customProperties };
    if (name !== undefined) changes.name = name;
    if (description !== undefined) changes.description = description;
    if (Object.keys(changes).length === 0) {
      throw new CardError("There is nothing to update: every input but the group is empty.", {
        kind: "input",
        code: "nothing-to-update",
        hint: "Fill in what should change, or leave the card out with If/Else when there is none.",
      });
    }
    const address = path`/api/v1/groups/${{ group }}`;
    const { body: before } = await client.request({ method: "GET", path: address });
    const profile = isJsonObject(before) && isJsonObject(before.profile) ? before.profile : {};
    // A replaced profile loses what it does not name; Okta's document has no null for a group's attributes.
    const kept = Object.entries({ ...profile, ...changes }).filter(([, value]) => value !== null);
    const { body } = await client.request({
      method: "PUT",
      path: address,
      body: { profile: Object.fromEntries(kept) },
    });
    return readOutputs(madeGroupFields, groupSource(body));
  },
});
