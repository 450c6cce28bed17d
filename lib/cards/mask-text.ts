/** What stands where a secret was. As long for every secret, so that it tells nothing of the length. */
export const MASK = "••••••";

/** Names of keys that hold secrets, as part of a regular expression; see secret-keys.ts. */
export const SECRET_NAMES =
  "password|oldPassword|newPassword|tempPassword|answer|hash|hook|client_?secret|secret|api_?token|token|access_?token|" +
  "refresh_?token|id_?token|activationToken|recoveryToken|activationUrl|recoveryUrl|resetPasswordUrl|authorization|" +
  "privateKey|sharedSecret|passCode|sessionToken|cookieToken";

/** A text in quotes, however often they are escaped (JSON within JSON), a list or object without others, or a word. */
const VALUE = String.raw`(?:(\\+)"(?:(?!\\+")[^])*\\+"|"(?:[^"\\]|\\.)*"|\{[^{}]*\}|\[[^[\]]*\]|[^\s,;()}\]"\\]+)`;

const OPERATOR =
  "(?:\\s+(?:eq|ne|sw|co|ew|gt|ge|lt|le|EQ|NE|SW|CO|EW|GT|GE|LT|LE)\\s+|\\s*(?:==|!=|>=|<=|>|<)\\s*)";

const IN_SECRET_JSON = inJson(SECRET_NAMES, "gi");

/** Expressions of name sets used lately; there is one set per connection, and it lives as long as it is used. */
const byNames = new WeakMap<ReadonlySet<string>, { json: RegExp; compared: RegExp }>();

/**
 * A text with what it says of certain attributes masked: `"ssn":"…"` in JSON, escaped or not, and what the attribute is
 * compared with in a search, a filter or an expression (`profile.ssn eq "…"`, `user.ssn == "…"`).
 *
 * @param names as Okta writes them, upper and lower case as they are
 */
export function maskNamed(text: string, names: ReadonlySet<string>): string {
  if (names.size === 0) return text;
  const { json, compared } = expressionsOf(names);
  return text.replace(json, instead).replace(compared, instead);
}

/** Whether a text has one of these names as a word. */
export function namesAny(text: string, names: ReadonlySet<string>): boolean {
  return names.size > 0 && text.split(/[^\p{L}\p{N}_]+/u).some((word) => names.has(word));
}

/** A text with what stands in JSON in it under keys that hold secrets masked. */
export function maskSecretJson(text: string): string {
  return text.includes('"') ? text.replace(IN_SECRET_JSON, instead) : text;
}

/** In the quotes it had, so that JSON stays JSON. */
function instead(whole: string, name: string, slashes: string | undefined): string {
  const quote = `${slashes ?? ""}"`;
  return /^["\\[{]/.test(whole.slice(name.length)) || name.trimEnd().endsWith(":")
    ? `${name}${quote}${MASK}${quote}`
    : `${name}${MASK}`;
}

function expressionsOf(names: ReadonlySet<string>): { json: RegExp; compared: RegExp } {
  const known = byNames.get(names);
  if (known) return known;
  const any = [...names].map(literalPattern).join("|");
  const made = {
    json: inJson(any, "g"),
    compared: new RegExp(`((?<![\\p{L}\\p{N}_$])(?:${any})${OPERATOR})${VALUE}`, "gu"),
  };
  byNames.set(names, made);
  return made;
}

/** A text as part of a regular expression that finds just this text. */
export function literalPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function inJson(names: string, flags: string): RegExp {
  return new RegExp(String.raw`(\\*"(?:${names})\\*"\s*:\s*)${VALUE}`, flags);
}
