import { FUNCTIONS, type RuleSubject } from "./functions.ts";
import type { Comparison, RuleNode } from "./parse.ts";

/** True when the user satisfies the expression. Texts are compared with case, as in Okta. */
export function ruleMatches(node: RuleNode, subject: RuleSubject): boolean {
  return resultOf(node, subject) === true;
}

function resultOf(node: RuleNode, subject: RuleSubject): unknown {
  switch (node.kind) {
    case "value":
      return node.value;
    case "list":
      return node.items.map((item) => resultOf(item, subject));
    case "attribute":
      return subject.attribute(node.name) ?? null;
    case "call":
      return FUNCTIONS[node.name].run(
        node.args.map((argument) => resultOf(argument, subject)),
        subject,
      );
    case "compare":
      return compare(node.operator, resultOf(node.left, subject), resultOf(node.right, subject));
    case "and":
      return ruleMatches(node.left, subject) && ruleMatches(node.right, subject);
    case "or":
      return ruleMatches(node.left, subject) || ruleMatches(node.right, subject);
    case "not":
      return !ruleMatches(node.inner, subject);
  }
}

function compare(operator: Comparison, left: unknown, right: unknown): boolean {
  if (operator === "==") return same(left, right);
  if (operator === "!=") return !same(left, right);
  if (left === null || right === null) return false;
  const numbers = [Number(left), Number(right)] as const;
  const order = numbers.some(Number.isNaN)
    ? String(left).localeCompare(String(right))
    : numbers[0] - numbers[1];
  if (operator === "<") return order < 0;
  if (operator === ">") return order > 0;
  return operator === "<=" ? order <= 0 : order >= 0;
}

// An attribute holds 4007 where the rule says "4007", so unlike types are compared as text.
function same(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) || Array.isArray(right)) return JSON.stringify(left) === JSON.stringify(right);
  if (left === null || right === null) return left === right;
  return String(left) === String(right);
}
