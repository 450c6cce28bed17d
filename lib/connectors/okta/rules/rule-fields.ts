import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { inGroup } from "../shape-fields.ts";

/** A group rule of a list. Values by `ruleSource`. */
export const listedRuleFields = {
  id: field.text({ label: "ID", help: "Okta id of the group rule." }),
  type: field.text({ label: "Type", help: "Always group_rule." }),
  status: field.text({
    label: "Status",
    help: "ACTIVE, INACTIVE, or INVALID where a group it assigns to is gone.",
  }),
  name: field.text({ label: "Name" }),
  expressionConditions: field.text({ label: "Expression Conditions", multiline: true }),
  excludedUsers: field.textList({
    label: "Excluded Users",
    help: "Ids of users the rule leaves alone, those removed from its groups by hand among them.",
  }),
  groupAssignments: field.objectList({
    label: "Group Assignments",
    help: "The groups the rule assigns users to.",
    fields: {
      id: field.text({ label: "ID" }),
      name: field.text({ label: "Name", help: "Known where the rule was read or searched for." }),
    },
  }),
  created: field.datetime({ label: "Created" }),
  lastUpdated: field.datetime({ label: "Last Updated" }),
};

/** A group rule found by a search: what a list has of it, and the raw body. */
export const foundRuleFields = {
  ...listedRuleFields,
  rawBody: field.object({ label: "Raw Body", help: "The group rule exactly as Okta answered it." }),
};

/** The same from the cards about one. */
export const ruleFields = inGroup("Properties", foundRuleFields);

/** A group rule of Okta in the shape the fields above are read from. Anything but an object gives an empty rule. */
export function ruleSource(body: Json | undefined): JsonObject {
  if (!isJsonObject(body)) return {};
  const names = at(body, "_embedded", "groupIdToGroupNameMap");
  const ids = at(body, "actions", "assignUserToGroups", "groupIds");
  const named = (id: string): Json => (isJsonObject(names) ? (names[id] ?? null) : null);
  return {
    ...body,
    expressionConditions: at(body, "conditions", "expression", "value"),
    excludedUsers: at(body, "conditions", "people", "users", "exclude"),
    groupAssignments: texts(ids).map((id) => ({ id, name: named(id) })),
    rawBody: body,
  };
}

/** What a group rule consists of, as Okta takes it. */
export interface RuleParts {
  name: string;
  expression: string;
  groupIds: string[];
  excludedUsers: string[];
}

/** The body of a new or replaced rule. Excluding groups is in Okta's schema, but Okta does not support it. */
export function ruleBody({ name, expression, groupIds, excludedUsers }: RuleParts): JsonObject {
  const users: JsonObject = excludedUsers.length > 0 ? { exclude: excludedUsers } : {};
  return {
    type: "group_rule",
    name,
    conditions: {
      expression: { type: "urn:okta:expression:1.0", value: expression },
      people: { users },
    },
    actions: { assignUserToGroups: { groupIds } },
  };
}

/** The parts of a rule as Okta answered it. */
export function rulePartsOf(body: Json): RuleParts {
  const value = (...keys: string[]) => at(body, ...keys);
  const text = (json: Json) => (typeof json === "string" ? json : "");
  return {
    name: text(value("name")),
    expression: text(value("conditions", "expression", "value")),
    groupIds: texts(value("actions", "assignUserToGroups", "groupIds")),
    excludedUsers: texts(value("conditions", "people", "users", "exclude")),
  };
}

function at(body: Json, ...keys: string[]): Json {
  let value: Json = body;
  for (const key of keys) value = isJsonObject(value) ? (value[key] ?? null) : null;
  return value;
}

function texts(value: Json): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
