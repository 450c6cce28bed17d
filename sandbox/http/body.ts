import type { IncomingMessage } from "node:http";
import { gatewayProblem, problem } from "./problem.ts";

/** Largest request body taken. Nothing the Management API does here comes near. */
const MAX_BODY = 1024 * 1024;

/**
 * Reads a JSON body; undefined when there is none.
 * Throws 411 for a POST or PUT that does not say its length, 413 beyond 1 MB, 400 E0000021 for another media type,
 * 400 E0000003 for malformed JSON.
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  if (text === undefined || text.trim() === "") return undefined;
  if (!/^application\/(.+\+)?json\b/i.test(request.headers["content-type"] ?? "")) throw problem("E0000021");
  try {
    return JSON.parse(text);
  } catch {
    throw problem("E0000003");
  }
}

/** Reads a form body, as the OAuth endpoints take it. Throws as readBody does for length and media type. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const text = (await readText(request)) ?? "";
  const type = request.headers["content-type"] ?? "";
  if (text !== "" && !/^application\/x-www-form-urlencoded\b/i.test(type)) throw problem("E0000021");
  return new URLSearchParams(text);
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const { headers, method } = request;
  const declared = headers["content-length"];
  if (declared === undefined && headers["transfer-encoding"] === undefined) {
    if (method === "POST" || method === "PUT")
      throw gatewayProblem(411, "a POST or PUT without a body must send Content-Length: 0");
    return undefined;
  }
  if (Number(declared ?? 0) > MAX_BODY) throw gatewayProblem(413, "the body is larger than 1 MB");
  return collect(request);
}

function collect(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY) reject(gatewayProblem(413, "the body is larger than 1 MB"));
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
  });
}
