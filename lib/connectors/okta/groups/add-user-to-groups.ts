import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs } from "../read-outputs.ts";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "../samples.ts";

const outputs = {
  allAdded: field.boolean({
    label: "All Added",
    group: "Result",
    help: "True where every group has taken the user.",
  }),
  results: field.objectList({
    label: "Results",
    group: "Result",
    help: "One for each group, in the order given.",
    fields: {
      groupId: field.text({ label: "Group ID" }),
      added: field.boolean({ label: "Added" }),
      statusCode: field.number({ label: "Status Code", help: "204 when Okta has carried it out." }),
      errorCode: field.text({ label: "Error Code", help: "Such as E0000007; empty where it worked." }),
      error: field.text({ label: "Error", help: "What Okta said; empty where it worked." }),
    },
  }),
};

export const addUserToGroups = oktaAction({
  id: "okta.groups.addUserToMultiple",
  version: 1,
  title: "Add User to Multiple Groups",
  summary: "Makes a user a member of several groups, and tells about each.",
  help:
    "Okta has no call for several groups, so the card calls once for each, one after the other. A group that refuses (one that " +
    "does not exist, one an application manages, Everyone) keeps no other from being tried. A group the user is in already " +
    "counts as added.\n\n" +
    "**If a Group Refuses**: the card fails after all have been tried, naming the groups that refused; or it succeeds, and " +
    "Results says which: check All Added with If/Else.",
  docs: docsUrl("Group", "assignUserToGroup"),
  connector: okta,
  category: "Groups",
  keywords: [
    "add use to multiple groups",
    "group memberships",
    "several groups",
    "onboarding",
    "assign groups",
  ],
  endpoint: "PUT /api/v1/groups/{groupId}/users/{userId}, for each group",
  scopes: ["okta.groups.manage"],
  effect: "write",
  repeat: "safe",
  success: 204,
  options: {
    refusal: {
      label: "If a Group Refuses",
      choices: [
        { value: "fail", label: "Fail, after trying all" },
        { value: "report", label: "Succeed, and report it" },
      ],
      default: "fail",
    },
  },
  inputs: {
    groups: field.textList({ label: "Group IDs", group: "Group", required: true, picker: "okta.groups" }),
    user: userIdInput,
  },
  outputs,
  sample: {
    inputs: { groups: [SAMPLE_GROUP_ID], user: SAMPLE_USER_ID },
    outputs: { allAdded: true, results: [{ groupId: SAMPLE_GROUP_ID, added: true, statusCode: 204 }] },
  },
  writes: ({ inputs: { groups } }) => new Set(groups).size,
  run: async ({ inputs: { groups, user }, options, client }) => {
    // All addresses first: an id that is none must not stop the card half way.
    const calls = [...new Set(groups)].map((groupId) => ({
      groupId,
      address: path`/api/v1/groups/${{ groups: groupId }}/users/${{ user }}`,
    }));
    const results: JsonObject[] = [];
    for (const { groupId, address } of calls) {
      results.push({ groupId, ...(await addTo(client, address)) });
    }
    const refused = results.filter(({ added }) => !added);
    if (refused.length > 0 && options.refusal !== "report") throw refusal(refused, results);
    return readOutputs(outputs, { allAdded: refused.length === 0, results });
  },
});

/** Adds the user to one group. Only what the group refuses is its own: an outage or a rate limit stops the card. */
async function addTo(client: OktaClient, address: string): Promise<JsonObject> {
  try {
    const { status } = await client.request({ method: "PUT", path: address });
    return { added: true, statusCode: status };
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    const { kind, code, status } = error.details;
    if (kind !== "refused" && kind !== "forbidden") throw error;
    return { added: false, statusCode: status ?? null, errorCode: code, error: error.message };
  }
}

function refusal(refused: JsonObject[], results: JsonObject[]): CardError {
  const each = refused.map(({ groupId, error }) => `${groupId}: ${error}`).join("; ");
  return new CardError(`${refused.length} of ${results.length} groups did not take the user. ${each}`, {
    kind: "refused",
    code: "groups-refused",
    field: ["groups"],
    hint: "The user is in the others now. Retry the card once the named groups are right; it can be repeated safely.",
    data: { results },
  });
}
