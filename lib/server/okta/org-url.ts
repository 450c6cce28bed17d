import { isIP } from "node:net";

/** The address of an org can't be used. The message says why and what to enter. */
export class OrgUrlError extends Error {
  override name = "OrgUrlError";
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** True for an address on this machine, where Okta's hooks reach the console without a public one. */
export function isLoopback(orgUrl: string): boolean {
  return LOOPBACK.has(new URL(orgUrl).hostname);
}

/**
 * The origin of an Okta org from what an admin typed or pasted: a bare domain, an address with a path, the address of
 * the admin console.
 * @param options.allowLoopback FLOWDECK_ALLOW_LOOPBACK_ORGS: also plain http on this machine, for the sandbox org
 * @throws OrgUrlError for anything that is not an https host name: a secret would be sent there
 */
export function parseOrgUrl(input: string, options: { allowLoopback: boolean }): string {
  const text = input.trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url.username || url.password) throw new OrgUrlError("The address of an org has no user name in it.");
  if (LOOPBACK.has(url.hostname)) {
    if (options.allowLoopback && (url.protocol === "http:" || url.protocol === "https:")) return url.origin;
    throw new OrgUrlError("An org on this machine is allowed only with FLOWDECK_ALLOW_LOOPBACK_ORGS=true.");
  }
  if (url.protocol !== "https:") throw new OrgUrlError("The address of an org begins with https://.");
  if (isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0 || !url.hostname.includes(".")) {
    throw new OrgUrlError("Enter the org's domain, for example acme.okta.com.");
  }
  // The API answers on the org's own domain, the admin console on another: acme-admin.okta.com.
  url.hostname = url.hostname.replace(/-admin\.(okta|oktapreview|okta-emea)\.com$/, ".$1.com");
  return url.origin;
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new OrgUrlError("That is no address of an Okta org. Enter its domain, for example acme.okta.com.");
  }
}
