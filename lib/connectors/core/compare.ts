import { CardError } from "../../cards/errors.ts";
import { isJsonObject, type Json } from "../../flow/json.ts";

export const OPERATORS = [
  { value: "equals", label: "equals" },
  { value: "notEquals", label: "does not equal" },
  { value: "contains", label: "contains" },
  { value: "startsWith", label: "starts with" },
  { value: "endsWith", label: "ends with" },
  { value: "greater", label: "is greater than" },
  { value: "greaterOrEqual", label: "is greater than or equal to" },
  { value: "less", label: "is less than" },
  { value: "lessOrEqual", label: "is less than or equal to" },
  { value: "inList", label: "is in list" },
  { value: "isEmpty", label: "is empty" },
  { value: "isNotEmpty", label: "is not empty" },
  { value: "isTrue", label: "is true" },
  { value: "isFalse", label: "is false" },
] as const;

export type Operator = (typeof OPERATORS)[number]["value"];

/** Operators that look at one value only: the second input is not there. */
const UNARY: readonly Operator[] = ["isEmpty", "isNotEmpty", "isTrue", "isFalse"];
export const BINARY_OPERATORS = OPERATORS.map(({ value }) => value).filter((value) => !UNARY.includes(value));

export interface Comparison {
  left: Json | undefined;
  operator: Operator;
  right: Json | undefined;
  /** False: "Contractor" equals "contractor". Concerns text only. */
  caseSensitive: boolean;
}

/** The operator of a card's option; documents are checked on the way in, so anything else is our own mistake. */
export function operatorOf(value: string | undefined): Operator {
  const found = OPERATORS.find((operator) => operator.value === value);
  if (found) return found.value;
  throw new CardError(`There is no comparison "${value}".`, { kind: "bug", code: "unknown-operator" });
}

/**
 * Compares two values as an admin means it.
 *
 * - Empty (nothing, "", an empty list or object) equals only empty, contains nothing, and is neither greater nor less
 *   than anything.
 * - equals: a number against text that is a number compares as numbers, so 7 equals "7.0". Two texts compare as text,
 *   so the employee numbers "007" and "7" differ; two date-times are the same when they name the same instant.
 * - greater, less: numbers (also as text), then dates (ISO 8601; a date alone is midnight UTC), then text, letter by
 *   letter. A number against a text that is none can't be ordered and is an error, not a quiet "false".
 * - contains: an item of a list, or a part of a text. In list: one of a list, or of a text with commas or lines.
 * - is true, is false: true/false, and the words true, yes, 1, false, no, 0. Anything else is neither.
 * @throws CardError (input, "not-comparable") for values that have no order.
 */
export function compare({ left, operator, right, caseSensitive }: Comparison): boolean {
  const fold = (text: string) => (caseSensitive ? text : text.toLowerCase());
  switch (operator) {
    case "equals":
      return same(left, right, fold);
    case "notEquals":
      return !same(left, right, fold);
    case "contains":
      if (isEmpty(left) || isEmpty(right)) return false;
      return Array.isArray(left)
        ? left.some((item) => same(item, right, fold))
        : fold(asText(left)).includes(fold(asText(right)));
    case "startsWith":
      return !isEmpty(left) && !isEmpty(right) && fold(asText(left)).startsWith(fold(asText(right)));
    case "endsWith":
      return !isEmpty(left) && !isEmpty(right) && fold(asText(left)).endsWith(fold(asText(right)));
    case "greater":
      return ordered(left, right, fold, (order) => order > 0);
    case "greaterOrEqual":
      return ordered(left, right, fold, (order) => order >= 0);
    case "less":
      return ordered(left, right, fold, (order) => order < 0);
    case "lessOrEqual":
      return ordered(left, right, fold, (order) => order <= 0);
    case "inList":
      return !isEmpty(left) && asList(right).some((item) => same(left, item, fold));
    case "isEmpty":
      return isEmpty(left);
    case "isNotEmpty":
      return !isEmpty(left);
    case "isTrue":
      return truth(left) === true;
    case "isFalse":
      return truth(left) === false;
  }
}

/** A comparison as a sentence, for the reason an execution shows: `department (Sales) equals Engineering`. */
export function describeComparison({ left, operator, right }: Omit<Comparison, "caseSensitive">): string {
  const label = OPERATORS.find(({ value }) => value === operator)?.label ?? operator;
  return UNARY.includes(operator) ? `${shown(left)} ${label}` : `${shown(left)} ${label} ${shown(right)}`;
}

function shown(value: Json | undefined): string {
  if (isEmpty(value)) return "(empty)";
  const text = typeof value === "string" ? `"${value}"` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function isEmpty(value: Json | undefined): value is undefined | null | "" {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function same(left: Json | undefined, right: Json | undefined, fold: (text: string) => string): boolean {
  if (isEmpty(left) || isEmpty(right)) return isEmpty(left) && isEmpty(right);
  if (typeof left === "number" || typeof right === "number") {
    const [a, b] = [asNumber(left), asNumber(right)];
    if (a !== undefined && b !== undefined) return a === b;
  }
  if (typeof left === "boolean" || typeof right === "boolean") {
    const [a, b] = [truth(left), truth(right)];
    if (a !== undefined && b !== undefined) return a === b;
  }
  const [a, b] = [asInstant(left), asInstant(right)];
  if (a !== undefined && b !== undefined) return a === b;
  return fold(asText(left)) === fold(asText(right));
}

function ordered(
  left: Json | undefined,
  right: Json | undefined,
  fold: (text: string) => string,
  holds: (order: number) => boolean,
): boolean {
  if (isEmpty(left) || isEmpty(right)) return false;
  const numbers = [asNumber(left), asNumber(right)];
  if (numbers[0] !== undefined && numbers[1] !== undefined) return holds(numbers[0] - numbers[1]);
  const times = [asDate(left), asDate(right)];
  if (times[0] !== undefined && times[1] !== undefined) return holds(times[0] - times[1]);
  if (typeof left === "string" && typeof right === "string") {
    const [a, b] = [fold(left), fold(right)];
    return holds(a < b ? -1 : a > b ? 1 : 0);
  }
  throw new CardError(
    `${shown(left)} and ${shown(right)} have no order: one is greater only among values of a kind.`,
    {
      kind: "input",
      code: "not-comparable",
      hint: "Compare numbers with numbers, dates with dates, and text with text.",
    },
  );
}

function asNumber(value: Json | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Milliseconds of a full ISO 8601 date and time with zone. */
function asInstant(value: Json | undefined): number | undefined {
  if (typeof value !== "string" || !DATE_TIME.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** The same, and a date alone as midnight UTC. */
function asDate(value: Json | undefined): number | undefined {
  if (typeof value !== "string" || !DATE.test(value)) return asInstant(value);
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** Text of a value; objects with their keys in order, so that equal ones read the same. */
function asText(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return JSON.stringify(sorted(value ?? null));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

function asList(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return value;
  if (isEmpty(value)) return [];
  if (typeof value !== "string") return [value ?? null];
  return value
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function truth(value: Json | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const word = String(value).trim().toLowerCase();
  if (word === "true" || word === "yes" || word === "1") return true;
  return word === "false" || word === "no" || word === "0" ? false : undefined;
}
