import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { isJsonObject, type JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { groupIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUp } from "../read-back.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_GROUP_ID } from "../samples.ts";
import { statusOf, statusOutput } from "../status.ts";
import { appGroupFields, appGroupSource, applicationInput, appProfileInput } from "./app-fields.ts";
import { SAMPLE_APP_ID, SAMPLE_OKTA_APP_GROUP } from "./app-samples.ts";
import { filled } from "./app-user-inputs.ts";
import { listAssignedGroups } from "./list-assigned.ts";

const inputs = {
  application: applicationInput,
  group: groupIdInput,
};
const sampleInputs = { application: SAMPLE_APP_ID, group: SAMPLE_GROUP_ID };
const sampleOutputs = readSample(appGroupFields, appGroupSource(SAMPLE_OKTA_APP_GROUP));

export const assignGroup = oktaAction({
  id: "okta.apps.assignGroup",
  version: 1,
  title: "Assign Group to Application",
  summary: "Assigns an application to a group, and so to all its members.",
  help:
    "A group that is assigned already stays so, with what is filled in here changed. Okta leaves open whether it would " +
    "keep the rest, so the card reads the assignment first and sends it back with the changes.",
  docs: docsUrl("ApplicationGroups", "assignGroupToApplication"),
  connector: okta,
  category: "Applications",
  keywords: ["assign app to group", "group assignment", "grant access"],
  endpoint: "GET and PUT /api/v1/apps/{appId}/groups/{groupId}",
  scopes: ["okta.apps.manage"],
  effect: "write",
  repeat: "safe",
  inputs: {
    ...inputs,
    priority: field.number({
      label: "Priority",
      group: "Group",
      emptyMeans: "The priority stays; a group assigned anew goes to the end",
      help: "A whole number from 0. Of several groups of a user, the lowest gives the attributes.",
    }),
    profile: appProfileInput,
  },
  outputs: appGroupFields,
  sample: { inputs: sampleInputs, outputs: sampleOutputs },
  run: async ({ inputs: { application, group, priority, profile: given }, client }) => {
    const address = path`/api/v1/apps/${{ application }}/groups/${{ group }}`;
    const before = (await lookUp(client, address)) ?? {};
    const body: JsonObject = {};
    const known = isJsonObject(before.profile) ? before.profile : {};
    // Attributes nobody set come as null; sent back, they would be values somebody gave.
    const kept = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
    const profile = filled({ ...kept, ...filled(given) });
    const rank = priority ?? before.priority;
    if (typeof rank === "number") body.priority = rank;
    if (profile) body.profile = profile;
    const answer = await client.request({ method: "PUT", path: address, body });
    return readOutputs(appGroupFields, appGroupSource(answer.body));
  },
});

export const readAssignedGroup = oktaAction({
  id: "okta.apps.readGroup",
  version: 1,
  title: "Read Assigned Group for Application",
  summary: "Reads how a group is assigned to an application.",
  help: "A group that is not assigned fails the card (E0000007).",
  docs: docsUrl("ApplicationGroups", "getApplicationGroupAssignment"),
  connector: okta,
  category: "Applications",
  keywords: ["get assigned group for application", "group assignment", "lookup"],
  endpoint: "GET /api/v1/apps/{appId}/groups/{groupId}",
  scopes: ["okta.apps.read"],
  effect: "read",
  inputs,
  outputs: appGroupFields,
  sample: { inputs: sampleInputs, outputs: sampleOutputs },
  run: async ({ inputs: { application, group }, client }) => {
    const { body } = await client.request({
      method: "GET",
      path: path`/api/v1/apps/${{ application }}/groups/${{ group }}`,
    });
    return readOutputs(appGroupFields, appGroupSource(body));
  },
});

export const removeGroupFromApplication = oktaAction({
  id: "okta.apps.removeGroup",
  version: 1,
  title: "Remove Group from Application",
  summary: "Ends a group's assignment to an application.",
  help:
    "Members lose the application unless they have it directly or through another group. A group that is not assigned " +
    "fails the card (E0000007).\n\nAfter a lost answer the card looks: an assignment that is gone counts as removed.",
  docs: docsUrl("ApplicationGroups", "unassignApplicationFromGroup"),
  connector: okta,
  category: "Applications",
  keywords: ["unassign group", "remove app from group", "revoke access"],
  endpoint: "DELETE /api/v1/apps/{appId}/groups/{groupId}",
  scopes: ["okta.apps.manage"],
  effect: "write",
  repeat: "check",
  inputs,
  outputs: { status: statusOutput({ label: "Status", group: "Result" }) },
  sample: { inputs: sampleInputs, outputs: { status: 204 } },
  run: async ({ inputs: { application, group }, client }) => {
    const at = path`/api/v1/apps/${{ application }}/groups/${{ group }}`;
    return { status: await statusOf(client, { method: "DELETE", path: at }) };
  },
  readBack: async ({ inputs: { application, group }, client }) => {
    const found = await lookUp(client, path`/api/v1/apps/${{ application }}/groups/${{ group }}`);
    return found ? null : { status: 204 };
  },
});

export const assignedGroupActions: Card[] = [
  assignGroup,
  listAssignedGroups,
  readAssignedGroup,
  removeGroupFromApplication,
];
