import type { Reply } from "./reply.ts";

/** A service's answer as HTTP. Compressing is left to Next.js (it drops a content-encoding that a route sets). */
export function jsonAnswer(reply: Reply<unknown>, request: Request): Response {
  const headers = new Headers(reply.headers);
  const caching = reply.etag === undefined ? "no-store" : "private, no-cache";
  if (!headers.has("cache-control")) headers.set("cache-control", caching);
  if (reply.etag !== undefined) {
    headers.set("etag", reply.etag);
    if (request.headers.get("if-none-match") === reply.etag) {
      return new Response(null, { status: 304, headers });
    }
  }
  return Response.json(reply.answer, { status: reply.status, headers });
}
