import { ApiProblem } from "./problem.ts";

/** Enough for every request but a flow document. */
export const BODY_LIMIT = 1024 * 1024;
/** A flow of 1,000 cards with long texts is about 1 MB of JSON. */
export const DOCUMENT_BODY_LIMIT = 4 * 1024 * 1024;

/** Schemas of nested values recurse; a body of 100,000 brackets would end them by stack overflow. */
const MAX_DEPTH = 100;

/**
 * Reads a JSON body, counting bytes as they arrive: a caller that announces little and sends much is cut off.
 *
 * @param limit bytes
 * @throws ApiProblem unsupported-media-type, too-large or bad-request
 */
export async function readJsonBody(request: Request, limit: number): Promise<unknown> {
  requireJson(request);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const text = await readText(request, limit);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ApiProblem("bad-request", "The body is not valid JSON.", {}, { cause });
  }
  refuseDangerous(value);
  // PostgreSQL's text can't hold it, and nobody types it: without this a name with one ended as "internal".
  if (text.includes("\\u0000"))
    throw new ApiProblem("bad-request", "The body contains the character U+0000.");
  return value;
}

/**
 * Anything but application/json is refused before a byte is read: a form's content types travel between sites
 * without the browser asking first, and a parser chosen by the caller is a way in.
 */
function requireJson(request: Request): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type === "application/json") return;
  throw new ApiProblem("unsupported-media-type", "The body must be JSON.", {
    hint: "Send the header content-type: application/json.",
  });
}

async function readText(request: Request, limit: number): Promise<string> {
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoded(() => decoder.decode());
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    text += decoded(() => decoder.decode(value, { stream: true }));
  }
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    throw new ApiProblem("bad-request", "The body is not UTF-8 text.", {}, { cause });
  }
}

function tooLarge(limit: number): ApiProblem {
  return new ApiProblem("too-large", `The body is larger than ${limit / 1024} KiB.`);
}

/** Works through the value without recursion. */
function refuseDangerous(root: unknown): void {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      throw new ApiProblem("bad-request", `The body is nested deeper than ${MAX_DEPTH} levels.`);
    }
    const next: unknown[] = [];
    for (const value of level) {
      // Half of an emoji, cut by a paste: JSON can say it, PostgreSQL can't store it.
      if (typeof value === "string" && !value.isWellFormed()) {
        throw new ApiProblem("bad-request", "The body contains half of a character (a lone surrogate).", {
          hint: "Delete the character that shows as a box or question mark, and type it again.",
        });
      }
      if (typeof value !== "object" || value === null) continue;
      if (Object.hasOwn(value, "__proto__")) {
        throw new ApiProblem("bad-request", "The body has a key named __proto__, which is not accepted.");
      }
      for (const child of Object.values(value)) next.push(child);
    }
    level = next;
  }
}
