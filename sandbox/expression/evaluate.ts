import type { Expression, Operator, Value } from "./parse.ts";

/** How an endpoint reads its objects and compares strings. */
export interface Reading<T> {
  /** The values of an attribute; several for an array, none when absent. */
  read: (object: T, path: string) => readonly unknown[];
  /** `search` compares values without case, `filter` with. */
  ignoreCase: boolean;
}

/** True when the object satisfies the expression. An attribute with several values passes when one of them does. */
export function evaluate<T>(expression: Expression, object: T, reading: Reading<T>): boolean {
  switch (expression.kind) {
    case "and":
      return evaluate(expression.left, object, reading) && evaluate(expression.right, object, reading);
    case "or":
      return evaluate(expression.left, object, reading) || evaluate(expression.right, object, reading);
    case "not":
      return !evaluate(expression.inner, object, reading);
    case "test": {
      const { path, operator, value } = expression;
      const values = reading.read(object, path).filter((item) => item !== null && item !== undefined);
      if (operator === "pr") return values.some((item) => item !== "");
      if (operator === "ne") return !values.some((item) => passes("eq", item, value, reading.ignoreCase));
      if (value === null) return operator === "eq" && values.length === 0;
      return values.some((item) => passes(operator, item, value, reading.ignoreCase));
    }
  }
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Milliseconds of an ISO date or instant, or null for any other text. */
export function instantOf(text: unknown): number | null {
  if (typeof text !== "string" || !ISO_DATE.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

function passes(operator: Operator, actual: unknown, wanted: Value, ignoreCase: boolean): boolean {
  const order = compare(actual, wanted, ignoreCase);
  switch (operator) {
    case "eq":
      return order === 0;
    case "gt":
      return order !== null && order > 0;
    case "ge":
      return order !== null && order >= 0;
    case "lt":
      return order !== null && order < 0;
    case "le":
      return order !== null && order <= 0;
    default:
      return containsText(operator, fold(String(actual), ignoreCase), fold(String(wanted), ignoreCase));
  }
}

function containsText(operator: Operator, actual: string, wanted: string): boolean {
  if (operator === "sw") return actual.startsWith(wanted);
  if (operator === "ew") return actual.endsWith(wanted);
  return operator === "co" && actual.includes(wanted);
}

/** Negative, zero or positive; null when the two cannot be ordered. Dates are compared as instants. */
function compare(actual: unknown, wanted: Value, ignoreCase: boolean): number | null {
  if (typeof actual === "boolean") return String(actual) === String(wanted).toLowerCase() ? 0 : null;
  if (typeof actual === "number") {
    const number = typeof wanted === "number" ? wanted : Number(wanted);
    return Number.isNaN(number) ? null : actual - number;
  }
  const right = instantOf(wanted);
  const left = right === null ? null : instantOf(actual);
  if (left !== null && right !== null) return left - right;
  const [a, b] = [fold(String(actual), ignoreCase), fold(String(wanted), ignoreCase)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function fold(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toLowerCase() : text;
}
