import { CardError } from "../cards/errors.ts";

/** What must not stand in a log, and what stands there instead. Logs are shipped and kept by systems we do not know. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  // Keys and tokens: JSON web tokens, what follows an authorization scheme, Okta's API tokens (42 characters).
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[token]"],
  [/\b(SSWS|Bearer|Basic|DPoP)\s+[\w.~+/=-]+/gi, "$1 [token]"],
  [/\b00[\w-]{40}(?![\w-])/g, "[token]"],
  // Addresses and logins, also as they stand in a path.
  [/[^\s"'`<>(),;:=/\\[\]{}|]+(@|%40)[^\s"'`<>(),;:=/\\[\]{}|]+/g, "[address]"],
  // Ids of persons.
  [/\b00u[A-Za-z0-9]{17}\b/g, "[user]"],
  // V8 quotes the text it could not parse, PostgreSQL the value it could not read.
  [/(\.\.\.)?"[\s\S]*"(\.\.\.)? is not valid JSON/g, "[text] is not valid JSON"],
  [/(invalid input syntax for type [\w ]+: )"[\s\S]*"/g, "$1[value]"],
];

/** A text with everything masked that looks like a secret or a person. */
export function safeText(text: string): string {
  return MASKS.reduce((masked, [pattern, instead]) => masked.replace(pattern, instead), text);
}

/** The fields of a log line, texts masked. */
export function safeFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, safeField(value)]));
}

function safeField(value: unknown): unknown {
  if (typeof value === "string") return safeText(value);
  return Array.isArray(value) ? value.map(safeField) : value;
}

/** What is logged of an error. */
export interface LoggedError {
  type: string;
  message: string;
  /** Frames only: a stack begins with the message. */
  stack: string;
  code?: string;
  /** Of PostgreSQL. */
  constraint?: string;
  cause?: LoggedError;
}

const DEEPEST_CAUSE = 5;

/**
 * An error as it is logged: chosen fields instead of all there are. PostgreSQL's `detail` and `where` hold the row that was
 * refused, Prisma's message the arguments of the call, a card's message what Okta said about a person.
 */
export function safeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? safeText(error) : error;
  const { cause } = error;
  const logged: LoggedError = {
    type: error.name,
    message: safeText(messageOf(error)),
    stack: framesOf(error),
    ...textOf(error, "code"),
    ...textOf(error, "constraint"),
  };
  if (!(cause instanceof Error) || depth >= DEEPEST_CAUSE) return logged;
  return { ...logged, cause: safeError(cause, depth + 1) };
}

function messageOf(error: Error): string {
  if (error instanceof CardError) {
    const { kind, code, status } = error.details;
    return `${kind} (${code}${status === undefined ? "" : `, ${status}`})`;
  }
  // "Invalid `prisma.user.create()` invocation in …", the call with its arguments, an empty line, what is wrong.
  if (error.name.startsWith("PrismaClient"))
    return (
      error.message
        .trim()
        .split(/\n\s*\n/)
        .at(-1) ?? ""
    );
  return error.message;
}

function framesOf({ stack }: Error): string {
  return (stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}

function textOf(error: Error, name: "code" | "constraint"): Record<string, string> {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? { [name]: safeText(value) } : {};
}
