/** A text as a string of Okta's search language: quoted, with quotes and backslashes escaped. */
export function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** The words somebody typed to find something; at most five, which is more than any name needs. */
export function words(search: string): string[] {
  return search.trim().split(/\s+/).filter(Boolean).slice(0, 5);
}
