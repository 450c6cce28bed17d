/** Request headers that proxy.ts sets for server components; whatever a caller sends under these names is overwritten. */
export const NONCE_HEADER = "x-nonce";
export const PATH_HEADER = "x-flowdeck-path";

/**
 * The headers of every page. Scripts run only with the nonce of this very answer (and what those load); styles need it
 * too, except style attributes, which React writes for every `style={…}` and the canvas for every card's place.
 *
 * @param options.nonce unguessable, new for every answer
 * @param options.dev `next dev` evaluates code from strings and injects styles without a nonce
 * @param options.https the console is reached over https (PUBLIC_URL)
 */
export function pageHeaders(options: {
  nonce: string;
  dev: boolean;
  https: boolean;
}): Record<string, string> {
  const { nonce, dev, https } = options;
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    "content-security-policy": policy,
    // Pages of one account must not be shown to the next, neither by a cache in between nor by the back button.
    "cache-control": "private, no-store",
    ...(https ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
