import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { groupSource, madeGroupFields } from "../group-fields.ts";
import { oktaAction } from "../okta-action.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import { groupsNamed } from "./groups-named.ts";

export const getGroupByName = oktaAction({
  id: "okta.groups.getByName",
  version: 1,
  title: "Get Group by Name",
  summary: "Finds the group with exactly this name.",
  help:
    "Letter case does not matter, but the whole name must match: Sales does not find Sales EMEA. Of several groups of the " +
    "name, the one managed in Okta is taken; where there is no such one, the card fails and names them.\n\n" +
    "With no match the card succeeds with empty outputs: check ID with If/Else.",
  docs: docsUrl("Group", "listGroups"),
  connector: okta,
  category: "Groups",
  keywords: ["find group", "group id", "lookup", "exact name"],
  endpoint: "GET /api/v1/groups",
  scopes: ["okta.groups.read"],
  effect: "read",
  inputs: { name: field.text({ label: "Name", group: "Group", required: true }) },
  outputs: madeGroupFields,
  sample: {
    inputs: { name: "Engineering" },
    outputs: readSample(madeGroupFields, groupSource(SAMPLE_OKTA_GROUP)),
  },
  run: async ({ inputs: { name }, client }) => {
    const group = theOne(await groupsNamed(client, name), name);
    return readOutputs(madeGroupFields, groupSource(group));
  },
});

function theOne(found: Json[], name: string): Json {
  const managed = found.filter((group) => isJsonObject(group) && group.type === "OKTA_GROUP");
  const candidates = managed.length > 0 ? managed : found;
  if (candidates.length <= 1) return candidates[0] ?? null;
  const ids = candidates.filter(isJsonObject).map(({ id }) => String(id));
  throw new CardError(`${candidates.length} groups are named "${name}": ${ids.join(", ")}.`, {
    kind: "refused",
    code: "several-groups",
    hint: "Use Read Group with the ID of the one you mean.",
  });
}
