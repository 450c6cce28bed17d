import { CardError } from "../../cards/errors.ts";

/**
 * The path and query of the next page, or undefined on the last one. Okta's `after` is opaque, so the address is
 * followed as given, but never to another host: it would take the credentials along.
 * @param link the `link` header; several header lines arrive joined by commas
 * @throws CardError when the next page lies on another host
 */
export function nextLink(link: string | undefined, orgUrl: string): string | undefined {
  for (const part of (link ?? "").split(/,\s*(?=<)/)) {
    const match = /^<([^>]*)>\s*;(.*)$/.exec(part.trim());
    if (!match?.[1] || !/\brel="?next"?/.test(match[2] ?? "")) continue;
    const url = new URL(match[1], orgUrl);
    if (url.origin === new URL(orgUrl).origin) return url.pathname + url.search;
    throw new CardError(`Okta named a next page on another host (${url.host}); it was not followed.`, {
      kind: "refused",
      code: "foreign-next-page",
    });
  }
  return undefined;
}
