import { isLoopbackHost } from "../env/variables.ts";

/**
 * "secure" cookies go over https only and, by their prefix, only to this very host. On http://localhost browsers
 * other than Chrome and Firefox refuse to store them, hence "plain" ones for the machine the console runs on.
 */
export type CookieKind = "secure" | "plain";

export const SESSION_COOKIE: Record<CookieKind, string> = {
  secure: "__Host-flowdeck-session",
  plain: "flowdeck-session",
};

/**
 * Which cookie a sign-in gets. A console with a PUBLIC_URL is still used as localhost on its own machine.
 *
 * @param publicUrl origin of PUBLIC_URL, where it is set
 */
export function cookieKindFor(headers: Headers, publicUrl: string | undefined): CookieKind {
  if (!publicUrl?.startsWith("https:")) return "plain";
  const origin = headers.get("origin");
  return origin === publicUrl || !isLoopback(headers.get("host")) ? "secure" : "plain";
}

/** The cookies a request's session may stand in, the stronger first: behind a proxy only the secure one counts. */
export function acceptedCookies(headers: Headers, publicUrl: string | undefined): CookieKind[] {
  const kinds: CookieKind[] = [];
  if (publicUrl?.startsWith("https:")) kinds.push("secure");
  if (isLoopback(headers.get("host"))) kinds.push("plain");
  return kinds;
}

function isLoopback(host: string | null): boolean {
  const url = host === null ? null : URL.parse(`http://${host}`);
  return url !== null && isLoopbackHost(url.hostname);
}
