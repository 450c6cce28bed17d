import { defineAction } from "../../../cards/define.ts";
import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import { isJsonObject, type JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { foundGroupFields, groupSource } from "../group-fields.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_GROUP_ID, SAMPLE_OKTA_GROUP } from "../samples.ts";

export const updateGroup = defineAction({
  id: "okta.groups.update",
  version: 1,
  title: "Update Group",
  summary: "Changes the name, description or custom properties of a group.",
  help:
    "What is left empty stays as it is; to empty the description, choose so. Okta itself only replaces a group's whole " +
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
  options: {
    emptyDescription: {
      label: "Empty Description",
      help: "What an empty Description means.",
      choices: [
        { value: "keep", label: "Stays as it is" },
        { value: "clear", label: "Is cleared" },
      ],
      default: "keep",
    },
  },
  inputs: {
    group: field.text({ label: "ID", required: true, picker: "okta.groups" }),
    name: field.text({ label: "Name", emptyMeans: "The name stays.", help: "1 to 255 characters." }),
    description: field.text({ label: "Description" }),
    customProperties: field.object({
      label: "Custom Properties",
      help: "Attributes your org added to its group profile, by variable name.",
    }),
  },
  outputs: foundGroupFields,
  sample: {
    inputs: { group: SAMPLE_GROUP_ID, description: "Everybody who builds the product" },
    outputs: readSample(foundGroupFields, groupSource(SAMPLE_OKTA_GROUP)),
  },
  run: async ({ inputs: { group, name, description, customProperties }, options, client }) => {
    const changes: JsonObject = { ...customProperties };
    if (name !== undefined) changes.name = name;
    if (description !== undefined) changes.description = description;
    else if (options.emptyDescription === "clear") changes.description = null;
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
    const { body } = await client.request({
      method: "PUT",
      path: address,
      body: { profile: { ...profile, ...changes } },
    });
    return readOutputs(foundGroupFields, groupSource(body));
  },
});
