/** Only compared with, never fetched. */
const SOMEWHERE = "http://console.invalid";

/**
 * Where to go after signing in: a path of this console, or "/" for anything else. Browsers read "//host", "/\host" and
 * paths with line breaks in them as other sites, hence the parser's word counts and not the first characters.
 */
export function safeNextPath(next: string | null | undefined): string {
  if (!next?.startsWith("/")) return "/";
  const url = URL.parse(next, SOMEWHERE);
  if (url === null || url.origin !== SOMEWHERE || url.pathname.startsWith("//")) return "/";
  return url.pathname + url.search + url.hash;
}
