import { isLoopbackHost } from "../env/variables.ts";
import { ApiProblem } from "./problem.ts";

/**
 * Whether a page of this origin is the console itself.
 *
 * @param origin value of the Origin header
 * @param host value of the Host header
 * @param publicUrl origin of PUBLIC_URL, where it is set
 */
export function isOwnOrigin(origin: string, host: string | null, publicUrl: string | undefined): boolean {
  if (origin === publicUrl) return true;
  // On this machine the console answers to localhost, 127.0.0.1 and [::1], and a container may map another port.
  // Only loopback names are believed in the Host header: a name under foreign control could point here (DNS rebinding).
  const url = URL.parse(origin);
  return url !== null && url.protocol === "http:" && isLoopbackHost(url.hostname) && url.host === host;
}

/** Requests that change nothing and may come from anywhere; what they answer stays unreadable to other sites. */
const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses writes that a page of another site makes in a visitor's browser (CSRF).
 *
 * @param byCookie the caller is known by a cookie, which the browser adds to anybody's request; then Origin must be there
 * @throws ApiProblem "forbidden"
 */
export function requireSameOrigin(
  request: { method: string; headers: Headers },
  byCookie: boolean,
  publicUrl: string | undefined,
): void {
  if (READING.has(request.method)) return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const own =
    origin === null
      ? !byCookie && site === null
      : isOwnOrigin(origin, request.headers.get("host"), publicUrl);
  if (own && (site === null || site === "same-origin" || site === "none")) return;
  throw new ApiProblem("forbidden", "This request did not come from a page of this console.", {
    hint: "Open the console under its own address (PUBLIC_URL, or localhost on the machine it runs on). Programs use an API token.",
  });
}
