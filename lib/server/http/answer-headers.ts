/** A header as `next.config.mjs` wants it. */
interface Header {
  key: string;
  value: string;
}

/** For every answer, also those of files. Pages get their content policy from proxy.ts, with a nonce of their own. */
export const ALWAYS: readonly Header[] = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

/** JSON is never a page: opened as one, nothing in it may run or be framed. */
export const DATA_ONLY: readonly Header[] = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" },
];
