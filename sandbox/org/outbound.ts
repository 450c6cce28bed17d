import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

/** What a hook endpoint answered, or why it did not. */
export type Reply =
  | { kind: "answer"; status: number; body: string }
  | { kind: "timeout" }
  | { kind: "error"; reason: string };

/** One call to a hook endpoint. */
export interface Outgoing {
  method: "GET" | "POST";
  uri: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

/** Enough for a verification answer; more is not read. */
const MAX_REPLY = 64 * 1024;

/**
 * Makes one call and never throws. Every call has its own connection: a kept one may be closed by the receiver
 * just as it is used again, which would look like a lost delivery that Okta's own sender does not have.
 */
export function send(call: Outgoing): Promise<Reply> {
  return new Promise((resolve) => {
    let request: ClientRequest;
    const timer = setTimeout(() => {
      resolve({ kind: "timeout" });
      request?.destroy();
    }, call.timeoutMs);
    const done = (reply: Reply) => {
      clearTimeout(timer);
      resolve(reply);
    };
    try {
      const open = call.uri.startsWith("https:") ? httpsRequest : httpRequest;
      const headers: Record<string, string | number> = { ...call.headers, connection: "close" };
      if (call.body !== undefined) headers["content-length"] = Buffer.byteLength(call.body);
      request = open(call.uri, { method: call.method, headers, agent: false }, (response) => {
        read(response).then(
          (body) => done({ kind: "answer", status: response.statusCode ?? 0, body }),
          (error: unknown) => done({ kind: "error", reason: reasonOf(error) }),
        );
      });
      request.on("error", (error) => done({ kind: "error", reason: reasonOf(error) }));
      request.end(call.body);
    } catch (error) {
      done({ kind: "error", reason: reasonOf(error) });
    }
  });
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_REPLY) break;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection to "localhost" fails once per address; the outer error then has no message of its own.
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  return inner instanceof Error ? inner.message : String(inner);
}
