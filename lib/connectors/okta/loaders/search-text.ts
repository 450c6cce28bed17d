/**
 * A text as a string of Okta's search language: quoted, with quotes and backslashes escaped. Line breaks and other
 * control characters, which come along with what is pasted and which that language refuses, are blanks.
 */
export function quoted(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, " ");
  return `"${line.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** The words somebody typed to find something; at most five, which is more than any name needs. */
export function words(search: string): string[] {
  return search.trim().split(/\s+/).filter(Boolean).slice(0, 5);
}
