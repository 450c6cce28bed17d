import { CardError } from "../../cards/errors.ts";

/** A value put into a path, with the name of the input it came from: `{ user: "00u1…" }`. */
export type PathPart = Record<string, string>;

/**
 * A path below the org's address, its parts encoded: path`/api/v1/users/${{ user }}/groups`. The names of the parts
 * are the names of the inputs, so that an error can say which one is wrong.
 *
 * Encoding alone is not enough: URL parsers resolve "." and ".." even after it, an empty part turns "read one user"
 * into "list all users", and Okta reads "me" as the owner of the API token, whom no flow means to suspend.
 * @throws CardError (input) naming the input.
 */
export function path(texts: TemplateStringsArray, ...parts: PathPart[]): string {
  return texts.reduce((built, text, index) => {
    const part = parts[index];
    return built + text + (part ? encodePart(part) : "");
  }, "");
}

function encodePart(part: PathPart): string {
  const entry = Object.entries(part)[0];
  if (!entry) throw new CardError("A path is missing a part.", { kind: "bug", code: "empty-path-part" });
  const [field, value] = entry;
  if (value.trim() === "") throw refuse(field, "is empty", "missing-input");
  if (value === "." || value === ".." || value === "me") {
    throw refuse(field, `is "${value}", which is not an id`, "not-an-id");
  }
  if (!value.isWellFormed()) throw refuse(field, "has characters that are not valid text", "not-an-id");
  return encodeURIComponent(value);
}

function refuse(field: string, what: string, code: string): CardError {
  return new CardError(`The input "${field}" ${what}.`, {
    kind: "input",
    code,
    field: [field],
    hint: "Map an id from an earlier card, or choose one from the list.",
  });
}
