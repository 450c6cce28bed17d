import type { ConnectionView } from "#lib/api/connections.ts";

/** What the forms that connect an org know of those there are. */
export type Existing = Pick<ConnectionView, "alias" | "name" | "orgUrl">;

/** The connections to the org somebody types the address of: bare, with a path, or that of its admin console. */
export function sameOrg(typed: string, existing: readonly Existing[]): Existing[] {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === "" || !URL.canParse(address)) return [];
  const host = new URL(address).host.replace(/-admin\.(okta|oktapreview|okta-emea)\.com$/, ".$1.com");
  return existing.filter(({ orgUrl }) => new URL(orgUrl).host === host);
}
