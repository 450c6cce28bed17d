import type { z } from "zod";
import { CURRENT_FORMAT, type FlowDocument, flowDocumentSchema } from "./document.ts";
import { DocumentError, DocumentTooNewError } from "./document-error.ts";
import type { FlowIssue } from "./issue.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { migrations as allMigrations } from "./migrations/all.ts";
import { shapeProblem } from "./shape-guard.ts";

export { DocumentError, DocumentTooNewError } from "./document-error.ts";

/** Turns a document of format `from` into one of the next format. */
export interface Migration {
  from: number;
  migrate: (document: JsonObject) => JsonObject;
}

/** At most this many places are named; a file of another kind would name thousands. */
const MAX_ISSUES = 20;

/**
 * Reads a flow document from anywhere: the database, an export, the API. The one way in.
 * @throws DocumentTooNewError when a newer Flowdeck wrote it
 * @throws DocumentError when it is no flow document, naming the places
 */
export function readDocument(input: unknown): FlowDocument {
  const problem = shapeProblem(input);
  if (problem) throw new DocumentError([malformed(problem)]);
  const migrated = migrateDocument(input);
  const parsed = flowDocumentSchema.safeParse(migrated);
  if (parsed.success) return parsed.data;
  throw new DocumentError(
    parsed.error.issues.flatMap((issue) => issuesOf(issue, migrated)).slice(0, MAX_ISSUES),
  );
}

/**
 * A document of any older format in the current one; one of the current format as it is. The given one is not changed.
 * @throws DocumentTooNewError when a newer Flowdeck wrote it
 * @throws DocumentError when it names no format, or one that never was
 */
export function migrateDocument(
  input: unknown,
  migrations: readonly Migration[] = allMigrations,
  current: number = CURRENT_FORMAT,
): JsonObject {
  if (!isJsonObject(input)) throw new DocumentError([malformed("It is not a JSON object.")]);
  const format = input.format;
  if (typeof format !== "number" || !Number.isInteger(format) || format < 1) {
    throw new DocumentError([malformed('It names no format: a flow document starts with "format": 1.')]);
  }
  if (format > current) throw new DocumentTooNewError(format, current);
  if (format === current) return input;
  let document = structuredClone(input);
  for (let from = format; from < current; from++) {
    const step = migrations.find((migration) => migration.from === from);
    if (!step) throw new DocumentError([malformed(`Format ${from} is no longer read by this Flowdeck.`)]);
    document = { ...step.migrate(document), format: from + 1 };
  }
  return document;
}

function malformed(message: string, place: Pick<FlowIssue, "card" | "field"> = {}): FlowIssue {
  return { severity: "error", code: "malformed", message, ...place };
}

type ZodIssue = z.core.$ZodIssue;

/** A schema error as issues: where it stands, as card and field too, and what is wrong there. */
function issuesOf(issue: ZodIssue, document: JsonObject, above: PropertyKey[] = []): FlowIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") {
    const best = closestBranch(issue.errors);
    if (best.length > 0) return best.flatMap((inner) => issuesOf(inner, document, path));
    return [
      placed(
        path,
        "This is none of the kinds of value there are (value, ref, text, list, object).",
        document,
      ),
    ];
  }
  if (issue.code === "invalid_key") {
    const message = issue.issues.map((inner) => inner.message).join(" ");
    return [placed(path, message || issue.message, document)];
  }
  return [placed(path, issue.message, document)];
}

/**
 * Of the kinds a value might have been, the one it was meant as: a kind fails at the top when its own key is missing,
 * so the errors of the intended kind are the deepest.
 */
function closestBranch(branches: readonly ZodIssue[][]): ZodIssue[] {
  const depth = (issues: readonly ZodIssue[]) => Math.min(...issues.map((issue) => issue.path.length));
  const inside = branches.filter(
    (issues) =>
      issues.length > 0 && !issues.some((issue) => issue.code === "unrecognized_keys" || missing(issue)),
  );
  return inside.sort((a, b) => depth(b) - depth(a))[0] ?? [];
}

function missing(issue: ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.path.length <= 1 && /received undefined/.test(issue.message);
}

const WRAPPERS = new Set(["object", "list", "value", "text", "ref"]);

function placed(path: PropertyKey[], message: string, document: JsonObject): FlowIssue {
  const names = path.map(String);
  const where = names.length > 0 ? `At ${names.join(" › ")}: ` : "";
  const [root, card, part, ...rest] = names;
  if (
    root !== "cards" ||
    card === undefined ||
    !isJsonObject(document.cards) ||
    !Object.hasOwn(document.cards, card)
  ) {
    return malformed(`${where}${message}`);
  }
  // In the document an input's name and the kind of its value alternate: profile, object, login, value.
  const field = part === "inputs" ? rest.filter((name, index) => index % 2 === 0 || !WRAPPERS.has(name)) : [];
  return malformed(`${where}${message}`, { card, ...(field.length > 0 ? { field } : {}) });
}
