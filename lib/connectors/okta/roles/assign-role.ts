import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { sinceAttempt } from "../read-back.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_USER_ID } from "../samples.ts";

/** The standard roles with the names the Admin Console gives them (USER_ADMIN is the Group Administrator there). */
const ROLES = [
  ["SUPER_ADMIN", "Super Administrator"],
  ["ORG_ADMIN", "Organization Administrator"],
  ["APP_ADMIN", "Application Administrator"],
  ["USER_ADMIN", "Group Administrator"],
  ["GROUP_MEMBERSHIP_ADMIN", "Group Membership Administrator"],
  ["HELP_DESK_ADMIN", "Help Desk Administrator"],
  ["READ_ONLY_ADMIN", "Read Only Administrator"],
  ["REPORT_ADMIN", "Report Administrator"],
  ["API_ACCESS_MANAGEMENT_ADMIN", "API Access Management Administrator"],
  ["WORKFLOWS_ADMIN", "Workflows Administrator"],
  ["ACCESS_REQUESTS_ADMIN", "Access Requests Administrator"],
  ["ACCESS_CERTIFICATIONS_ADMIN", "Access Certifications Administrator"],
].map(([value = "", label = ""]) => ({ value, label }));

const STANDARD = { option: "kind", is: ["standard"] };
const CUSTOM = { option: "kind", is: ["custom"] };

const outputs = {
  id: field.text({ label: "ID", help: "Okta id of this assignment of the role." }),
  label: field.text({ label: "Label" }),
  type: field.text({ label: "Type", help: "Such as HELP_DESK_ADMIN; CUSTOM for custom roles." }),
  status: field.text({ label: "Status" }),
  created: field.datetime({ label: "Created" }),
  lastUpdated: field.datetime({ label: "Last Updated" }),
  assignmentType: field.text({ label: "Assignment Type", help: "USER where assigned to the user directly." }),
  rawBody: field.object({ label: "Raw Body", help: "The assignment exactly as Okta answered it." }),
};

export const assignRole = oktaAction({
  id: "okta.roles.assignToUser",
  version: 1,
  title: "Assign a Role to a User",
  summary: "Makes a user an admin, with a standard or a custom role.",
  help:
    "The connection needs a super admin for this (else E0000006). A role the user has already fails the card (E0000090).\n\n" +
    "After a lost answer the card looks at the user's roles: one assigned since the attempt began is taken as its own.",
  docs: docsUrl("RoleAssignmentAUser", "assignRoleToUser"),
  connector: okta,
  category: "Roles",
  keywords: ["admin role", "make admin", "grant privilege", "administrator"],
  endpoint: "POST /api/v1/users/{userId}/roles",
  scopes: ["okta.roles.manage"],
  effect: "write",
  repeat: "check",
  success: 201,
  options: {
    kind: {
      label: "Kind of Role",
      choices: [
        { value: "standard", label: "Standard" },
        { value: "custom", label: "Custom" },
      ],
      default: "standard",
    },
  },
  inputs: {
    user: userIdInput,
    role: field.text({ label: "Role", required: true, choices: ROLES, when: STANDARD }),
    customRole: field.text({
      label: "Custom Role ID",
      required: true,
      when: CUSTOM,
      placeholder: "cr0…",
    }),
    resourceSet: field.text({
      label: "Resource Set ID",
      required: true,
      when: CUSTOM,
      placeholder: "iam…",
      help: "What the role is for: the groups, users or apps of the set.",
    }),
    disableNotifications: field.boolean({
      label: "Disable Notifications",
      emptyMeans: "No",
      help: "Keep Okta's messages to admins from the user.",
    }),
  },
  outputs,
  sample: {
    inputs: { user: SAMPLE_USER_ID, role: "REPORT_ADMIN" },
    outputs: readSample(outputs, {
      id: "ra1sample2role3id5d7",
      label: "Report Administrator",
      type: "REPORT_ADMIN",
      status: "ACTIVE",
      created: "2026-11-20T10:59:05.000Z",
      lastUpdated: "2026-11-20T10:59:05.000Z",
      assignmentType: "USER",
    }),
  },
  run: async ({ inputs: { user, disableNotifications, ...given }, client }) => {
    const { body } = await client.request({
      method: "POST",
      path: path`/api/v1/users/${{ user }}/roles`,
      query: { disableNotifications },
      body: wantedRole(given),
    });
    return readOutputs(outputs, roleSource(body));
  },
  readBack: async ({ inputs: { user, ...given }, client, now }) => {
    const wanted = Object.entries(wantedRole(given));
    const { body } = await client.request({ method: "GET", path: path`/api/v1/users/${{ user }}/roles` });
    const own = (Array.isArray(body) ? body.filter(isJsonObject) : []).find(
      (role) =>
        wanted.every(([key, value]) => role[key] === value) && sinceAttempt(client, role.created, now),
    );
    return own ? readOutputs(outputs, roleSource(own)) : null;
  },
});

function wantedRole(given: { role?: string; customRole?: string; resourceSet?: string }): JsonObject {
  const { role, customRole, resourceSet } = given;
  if (role !== undefined) return { type: role };
  return { type: "CUSTOM", role: customRole ?? null, "resource-set": resourceSet ?? null };
}

function roleSource(body: Json): JsonObject {
  return isJsonObject(body) ? { ...body, rawBody: body } : {};
}
