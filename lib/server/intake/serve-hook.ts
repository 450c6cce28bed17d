import type { IncomingMessage, ServerResponse } from "node:http";
import { ALWAYS, DATA_ONLY } from "../http/answer-headers.ts";
import type { HookDoor, HookRequest } from "./hook-door.ts";

/** Ids are URL-safe, so there is nothing to decode. */
const ADDRESS = /^\/hooks\/okta\/([^/?#]+)(?:\?|$)/;
const SECURITY = Object.fromEntries([...ALWAYS, ...DATA_ONLY].map(({ key, value }) => [key, value]));

/**
 * Answers a call of a hook's address without Next.js, whose routing and streams cost more than the intake itself
 * (docs/performance.md). Headers are those next.config.mjs gives these addresses.
 *
 * @returns false where the call is for somebody else, and nothing was done
 */
export function serveHook(incoming: IncomingMessage, outgoing: ServerResponse, door: HookDoor): boolean {
  const endpointId = ADDRESS.exec(incoming.url ?? "")?.[1];
  const answerHook =
    incoming.method === "POST" ? door.receive : incoming.method === "GET" ? door.verify : undefined;
  if (endpointId === undefined || !answerHook) return false;
  // What was left unread is let go, or it would stand in front of the next call on this connection.
  outgoing.once("finish", () => incoming.resume());
  void answer(answerHook(requestOf(incoming), endpointId), outgoing);
  return true;
}

async function answer(made: Promise<Response>, outgoing: ServerResponse): Promise<void> {
  const { status, headers, body } = await made.then(async (response) => ({
    status: response.status,
    headers: response.headers,
    body: await response.text(),
  }));
  outgoing.writeHead(status, { ...SECURITY, ...Object.fromEntries(headers) }).end(body);
}

function requestOf(incoming: IncomingMessage): HookRequest {
  const headers = new Headers();
  // Every line of a header: the first of two Authorization lines would pass for the only one.
  for (const [name, values = []] of Object.entries(incoming.headersDistinct))
    for (const value of values) headers.append(name, value);
  // Left open when reading stops early: the refusal has yet to be sent over the same connection.
  const body = incoming.method === "POST" ? incoming.iterator({ destroyOnReturn: false }) : null;
  return { headers, body };
}
