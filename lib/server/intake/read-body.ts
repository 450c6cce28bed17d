import type { HookRequest } from "./hook-door.ts";

/** The body is longer than it may be. */
export class BodyTooLargeError extends Error {
  override name = "BodyTooLargeError";
}

/**
 * Reads a request's body up to a limit, keeping no more than that in memory.
 *
 * @param limit bytes
 * @throws BodyTooLargeError as soon as more have come, or are announced by Content-Length
 */
export async function readBody({ headers, body }: HookRequest, limit: number): Promise<Uint8Array> {
  if (Number(headers.get("content-length") ?? 0) > limit) throw new BodyTooLargeError();
  if (!body) return new Uint8Array();
  const parts = body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > limit) {
      // Not awaited: a sender that never stops would keep us here.
      parts.return?.().catch(() => {});
      throw new BodyTooLargeError();
    }
    chunks.push(value);
  }
}
