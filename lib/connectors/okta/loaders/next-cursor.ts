/**
 * The cursor of the next page from a `link` header (`<https://org/api/v1/users?after=00u…>; rel="next"`), undefined on
 * the last page. Several links stand in one header, separated by commas.
 */
export function nextCursor(link: string | undefined): string | undefined {
  for (const match of (link ?? "").matchAll(/<([^>]*)>\s*;([^<]*)/g)) {
    const [, address = "", parameters = ""] = match;
    if (!/\brel\s*=\s*"?next"?/i.test(parameters) || !URL.canParse(address)) continue;
    return new URL(address).searchParams.get("after") ?? undefined;
  }
  return undefined;
}
