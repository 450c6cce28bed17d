/** How a person is looked for in texts: by an expression, and by patterns that rule most texts out far more cheaply. */
export interface PersonMatch {
  /** For `ilike any(…)`. */
  patterns: string[];
  /** For `~*`. */
  expression: string;
}

/**
 * Looks for ids and logins as they stand in JSON, in JSON within JSON (recorded bodies) and in addresses. Only whole ones:
 * "ann@acme.example" is not found in "joann@acme.example" nor in "ann@acme.example.org", so that nobody else's history
 * goes.
 */
export function personMatch(terms: readonly string[]): PersonMatch {
  const forms = [...new Set(terms.flatMap(formsOf))];
  const before = String.raw`(^|[^[:alnum:]_.+@-]|%[0-9a-f]{2}|\\[nrtbf])`;
  const after = String.raw`($|[^[:alnum:]_.@-]|\.($|[^[:alnum:]]))`;
  return {
    patterns: forms.map((form) => `%${form.replace(/[\\%_]/g, String.raw`\$&`)}%`),
    expression: `${before}(${forms.map(literal).join("|")})${after}`,
  };
}

/** SQL condition on a text; `$2` are the patterns, `$3` is the expression. */
export function matches(text: string): string {
  return `(${text} ilike any($2::text[]) and ${text} ~* $3)`;
}

function formsOf(term: string): string[] {
  const inJson = JSON.stringify(term).slice(1, -1);
  return [term, inJson, JSON.stringify(inJson).slice(1, -1), encodeURIComponent(term)];
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
