import { type NextRequest, NextResponse } from "next/server";
import { NONCE_HEADER, PATH_HEADER, pageHeaders } from "#lib/server/http/page-headers.ts";

/**
 * Gives every page its security headers. It decides nothing about rights: requests have been led past such a place
 * before (CVE-2025-29927, CVE-2026-44573), so pages and API ask for themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const answerHeaders = pageHeaders({
    nonce,
    dev: process.env.NODE_ENV === "development",
    https: process.env.PUBLIC_URL?.startsWith("https:") === true,
  });
  const forPage = new Headers(request.headers);
  forPage.set(NONCE_HEADER, nonce);
  forPage.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  // Next.js takes the nonce of its own scripts from here.
  forPage.set("content-security-policy", answerHeaders["content-security-policy"] ?? "");
  const response = NextResponse.next({ request: { headers: forPage } });
  for (const [name, value] of Object.entries(answerHeaders)) response.headers.set(name, value);
  return response;
}

/** Pages only: the API, hooks and built files get theirs in next.config.mjs. */
export const config = { matcher: ["/((?!api/|hooks/|_next/static|_next/image|favicon.ico).*)"] };
