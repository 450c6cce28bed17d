import { parseRule, type RuleNode } from "../rule-language/parse.ts";

/** A group rule as the org keeps it. */
export interface RuleRecord {
  id: string;
  seq: number;
  name: string;
  status: "ACTIVE" | "INACTIVE" | "INVALID";
  created: string;
  lastUpdated: string;
  /** Okta's expression language; checked before it is stored. */
  expression: string;
  /** Users the rule passes over, also those an admin removed from a group it had put them into. */
  excluded: string[];
  groupIds: string[];
  /** User id to the groups this rule put the user into: what it may take away again. */
  grants: Map<string, string[]>;
}

/** The group rules of an org, in order of creation. */
export class RuleStore {
  readonly #byId = new Map<string, RuleRecord>();
  readonly #parsed = new WeakMap<RuleRecord, { text: string; node: RuleNode }>();

  all(): IterableIterator<RuleRecord> {
    return this.#byId.values();
  }

  byId(id: string): RuleRecord | undefined {
    return this.#byId.get(id);
  }

  byName(name: string): RuleRecord | undefined {
    return [...this.#byId.values()].find((rule) => rule.name.toLowerCase() === name.toLowerCase());
  }

  add(rule: RuleRecord): void {
    this.#byId.set(rule.id, rule);
  }

  remove(rule: RuleRecord): void {
    this.#byId.delete(rule.id);
  }

  /** The rules that apply now. Most orgs have none, and every change of a user asks. */
  active(): RuleRecord[] {
    return [...this.#byId.values()].filter((rule) => rule.status === "ACTIVE");
  }

  /** The parsed expression, parsed once. */
  condition(rule: RuleRecord): RuleNode {
    const known = this.#parsed.get(rule);
    if (known?.text === rule.expression) return known.node;
    const node = parseRule(rule.expression);
    this.#parsed.set(rule, { text: rule.expression, node });
    return node;
  }
}

/** A rule as GET /api/v1/groups/rules/{id} answers it, in the recorded order. */
export function ruleJson(rule: RuleRecord): Record<string, unknown> {
  return {
    type: "group_rule",
    id: rule.id,
    status: rule.status,
    name: rule.name,
    created: rule.created,
    lastUpdated: rule.lastUpdated,
    conditions: {
      people: { users: { exclude: rule.excluded }, groups: { exclude: [] } },
      expression: { value: rule.expression, type: "urn:okta:expression:1.0" },
    },
    actions: { assignUserToGroups: { groupIds: rule.groupIds } },
    allGroupsValid: rule.status !== "INVALID",
  };
}
