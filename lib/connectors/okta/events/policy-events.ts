import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { isJsonObject } from "../../../flow/json.ts";
import { eventCard } from "./event-card.ts";
import { doer, type Fact, target } from "./event-facts.ts";
import { entityFields } from "./event-fields.ts";
import { firstTarget } from "./okta-event.ts";

const POLICY: Fact = {
  field: field.object({
    label: "Policy",
    help: "The policy it is about.",
    fields: {
      ...entityFields,
      policyType: field.text({
        label: "Policy Type",
        help: "What it decides: OktaSignOn, Password, MfaEnroll … Some events leave it out.",
      }),
    },
  }),
  from: (event) => {
    const policy = firstTarget(event, "PolicyEntity");
    if (!policy) return null;
    const { detailEntry } = policy;
    return { ...policy, policyType: isJsonObject(detailEntry) ? (detailEntry.policyType ?? null) : null };
  },
};

/** What happens to policies and to rules: name in the id, end of the event type, and the word for it. */
type Change = [name: string, type: string, done: string, keywords: string[]];

const POLICY_CHANGES: Change[] = [
  ["activated", "lifecycle.activate", "activated", ["policy enabled", "sign-on policy", "password policy"]],
  [
    "deactivated",
    "lifecycle.deactivate",
    "deactivated",
    ["policy disabled", "sign-on policy", "password policy"],
  ],
  ["updated", "lifecycle.update", "updated", ["policy changed", "sign-on policy", "password policy"]],
];
const RULE_CHANGES: Change[] = [
  ["ruleAdded", "rule.add", "added", ["new rule", "sign-on rule", "access rule"]],
  ["ruleUpdated", "rule.update", "updated", ["rule changed", "sign-on rule", "access rule"]],
  ["ruleActivated", "rule.activate", "activated", ["rule enabled", "sign-on rule", "access rule"]],
  ["ruleDeactivated", "rule.deactivate", "deactivated", ["rule disabled", "sign-on rule", "access rule"]],
  ["ruleDeleted", "rule.delete", "deleted", ["rule removed", "sign-on rule", "access rule"]],
];

function policyEvent([name, type, done, keywords]: Change, what: "policy" | "policy rule"): Card {
  const isRule = what === "policy rule";
  const rule = target("Policy Rule", "PolicyRule", `The rule that was ${done}.`);
  return eventCard({
    id: `okta.policies.${name}`,
    title: `${isRule ? "Policy Rule" : "Policy"} ${done.charAt(0).toUpperCase()}${done.slice(1)}`,
    summary: `Starts the flow when a ${what} is ${done}.`,
    eventType: `policy.${type}`,
    category: "Policies",
    keywords,
    facts: {
      admin: doer("Admin", `Who ${done} it: an admin, or an application acting for one.`),
      policy: POLICY,
      ...(isRule ? { policyRule: rule } : {}),
    },
  });
}

export const policyEvents: Card[] = [
  ...POLICY_CHANGES.map((change) => policyEvent(change, "policy")),
  ...RULE_CHANGES.map((change) => policyEvent(change, "policy rule")),
];
