import { ExpressionError } from "../expression/tokenize.ts";
import {
  bodyObject,
  flag,
  type Json,
  objectField,
  requiredText,
  textField,
  textList,
} from "../http/fields.ts";
import { linkHeaders, page, readCursor, readLimit } from "../http/paging.ts";
import { invalid, notFound } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { activateRule, deactivateRule, deleteRule } from "../org/rule-engine.ts";
import { type RuleRecord, ruleJson } from "../org/rules.ts";
import { parseRule } from "../rule-language/parse.ts";

/** /api/v1/groups/rules */
export const groupRuleRoutes: Route[] = [
  route("GET", "/api/v1/groups/rules", listRules),
  route("POST", "/api/v1/groups/rules", createRule),
  route("GET", "/api/v1/groups/rules/{groupRuleId}", (call) => answer(call, ruleOf(call))),
  route("PUT", "/api/v1/groups/rules/{groupRuleId}", replaceRule),
  route("DELETE", "/api/v1/groups/rules/{groupRuleId}", removeRule),
  route("POST", "/api/v1/groups/rules/{groupRuleId}/lifecycle/activate", activate),
  route("POST", "/api/v1/groups/rules/{groupRuleId}/lifecycle/deactivate", deactivate),
];

function answer(call: Call, rule: RuleRecord): Answer {
  const names = call.query.get("expand") === "groupIdToGroupNameMap";
  const map = Object.fromEntries(
    rule.groupIds.flatMap((id) => {
      const group = call.org.groups.byId(id);
      return group ? [[id, group.profile.name]] : [];
    }),
  );
  const embedded = names ? { _embedded: { groupIdToGroupNameMap: map } } : {};
  return { status: 200, body: { ...ruleJson(rule), ...embedded } };
}

function listRules(call: Call): Answer {
  const limit = readLimit(call, 50, 200);
  const search = call.query.get("search")?.toLowerCase();
  const fits = (rule: RuleRecord) => !search || rule.name.toLowerCase().includes(search);
  const { items, next } = page(call.org.rules.all(), ({ seq }) => seq, readCursor(call), limit, fits);
  return {
    status: 200,
    body: items.map((rule) => answer(call, rule).body),
    headers: linkHeaders(call, limit, next),
  };
}

function createRule(call: Call): Answer {
  const { org } = call;
  const now = org.timestamp();
  const rule: RuleRecord = {
    ...readRule(call, null),
    id: org.ids.next("0pr"),
    seq: org.nextSeq(),
    status: "INACTIVE",
    created: now,
    lastUpdated: now,
    grants: new Map(),
  };
  org.rules.add(rule);
  return answer(call, rule);
}

// Okta changes a rule only while it is off. What it had given is settled when it is switched on again.
function replaceRule(call: Call): Answer {
  const rule = ruleOf(call);
  if (rule.status === "ACTIVE") throw invalid("status", "status: The rule must be inactive to be updated");
  Object.assign(rule, readRule(call, rule));
  rule.status = "INACTIVE";
  rule.lastUpdated = call.org.timestamp();
  return answer(call, rule);
}

function activate(call: Call): Answer {
  const rule = ruleOf(call);
  if (rule.status === "INVALID")
    throw invalid("groupIds", "groupIds: The rule assigns to a group that was deleted");
  if (rule.status !== "ACTIVE") activateRule(call.org, rule, call.origin);
  return { status: 204 };
}

function deactivate(call: Call): Answer {
  const rule = ruleOf(call);
  if (rule.status === "ACTIVE") deactivateRule(call.org, rule, call.origin);
  return { status: 204 };
}

// 202: the rule is gone a moment later, as are the memberships removeUsers asks to take back.
function removeRule(call: Call): Answer {
  const { org, origin } = call;
  const rule = ruleOf(call);
  const removeUsers = flag(call.query, "removeUsers", false);
  if (rule.status === "ACTIVE") deactivateRule(org, rule, origin);
  org.later.run(() => deleteRule(org, rule, origin, removeUsers));
  return { status: 202, body: {} };
}

function ruleOf(call: Call): RuleRecord {
  const id = call.params.groupRuleId ?? "";
  const rule = call.org.rules.byId(id);
  if (!rule) throw notFound(id, "GroupRule");
  return rule;
}

function readRule(
  call: Call,
  owner: RuleRecord | null,
): Pick<RuleRecord, "name" | "expression" | "excluded" | "groupIds"> {
  const { org } = call;
  const body = bodyObject(call.body);
  const type = textField(body, "type") ?? "group_rule";
  if (type !== "group_rule") throw invalid("type", "type: must be group_rule");
  const name = requiredText(body, "name");
  if (name.length > 50) throw invalid("name", "name: The field cannot exceed 50 characters");
  const taken = org.rules.byName(name);
  if (taken && taken !== owner) throw invalid("name", "name: Policy rule name already in use");
  const conditions = objectField(body, "conditions") ?? {};
  const users = objectField(objectField(conditions, "people") ?? {}, "users") ?? {};
  const assign = objectField(objectField(body, "actions") ?? {}, "assignUserToGroups") ?? {};
  return {
    name,
    expression: readCondition(conditions),
    excluded: textList(users, "exclude") ?? [],
    groupIds: readGroups(call, textList(assign, "groupIds") ?? []),
  };
}

function readCondition(conditions: Json): string {
  const given = objectField(conditions, "expression");
  if (!given) throw invalid("conditions", "conditions: An expression is required");
  const text = requiredText(given, "value", "expression");
  try {
    parseRule(text);
  } catch (error) {
    if (error instanceof ExpressionError) throw invalid("validateRule", error.message);
    throw error;
  }
  return text;
}

function readGroups(call: Call, ids: string[]): string[] {
  if (ids.length === 0) throw invalid("groupIds", "groupIds: At least one group is required");
  for (const id of ids) {
    const group = call.org.groups.byId(id);
    if (group?.type !== "OKTA_GROUP")
      throw invalid("groupIds", `groupIds: ${id} is not a group that rules can assign to`);
  }
  return ids;
}
