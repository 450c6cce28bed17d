import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Reply } from "./reply.ts";

/** Below this, packing costs more than it saves. Characters. */
const PACK_FROM = 8 * 1024;
const pack = promisify(gzip);

/**
 * A service's answer as HTTP. Long ones are compressed here, because Next.js 16.4 packs pages but not
 * `application/json` of route handlers: the catalogue came in 132 KB instead of 15.
 */
export async function jsonAnswer(reply: Reply<unknown>, request: Request): Promise<Response> {
  const headers = new Headers(reply.headers);
  const caching = reply.etag === undefined ? "no-store" : "private, no-cache";
  if (!headers.has("cache-control")) headers.set("cache-control", caching);
  if (reply.etag !== undefined) {
    headers.set("etag", reply.etag);
    if (request.headers.get("if-none-match") === reply.etag) {
      return new Response(null, { status: 304, headers });
    }
  }
  const text = JSON.stringify(reply.answer);
  headers.set("content-type", "application/json");
  if (text.length < PACK_FROM) return new Response(text, { status: reply.status, headers });
  headers.append("vary", "Accept-Encoding");
  if (!takesGzip(request)) return new Response(text, { status: reply.status, headers });
  headers.set("content-encoding", "gzip");
  return new Response(new Uint8Array(await pack(text)), { status: reply.status, headers });
}

function takesGzip(request: Request): boolean {
  const accepted = (request.headers.get("accept-encoding") ?? "").toLowerCase().split(",");
  return accepted.some((coding) => /^\s*gzip\s*(;\s*q=(1|0\.\d*[1-9]).*)?$/.test(coding));
}
