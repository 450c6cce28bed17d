import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { readText } from "./read-text.ts";

export interface HttpCall {
  url: URL;
  method: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body?: string;
  /** For the whole exchange. */
  timeoutMs: number;
  /** Longest answer read, in bytes, unpacked. */
  maxBytes: number;
  /** Told of status and headers before the body is read, which may still fail. */
  onHead: (status: number, headers: Record<string, string>) => void;
}

/**
 * Connections are kept for the next call: a new one to Okta costs three round trips. Not for long: a call sent over one
 * that the other side is closing at that moment has an unknown outcome. Calls at once are bounded by the connection's slots.
 */
const KEPT = { keepAlive: true, timeout: 4_000 };
const http = new HttpAgent(KEPT);
const https = new HttpsAgent(KEPT);

/** A host that takes longer to accept a connection was not asked anything yet. */
const CONNECT_WITHIN_MS = 10_000;

/** Code of an error that says so. */
export const CONNECT_TIMEOUT = "ECONNECTTIMEOUT";

/**
 * One request and its answer, over Node's own client, which takes less of a worker's time than fetch. Redirects are not
 * followed: they would carry the credentials to wherever they point.
 *
 * @returns the body as text
 * @throws an error named TimeoutError, the network's own with its `code`, CardError answer-too-large
 */
export async function httpExchange(call: HttpCall): Promise<string> {
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new DOMException("No answer in time.", "TimeoutError")),
    call.timeoutMs,
  );
  try {
    const answer = await answerTo(call, late.signal);
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
    );
    const status = answer.statusCode ?? 0;
    call.onHead(status, headers);
    return await readText(unpacked(answer), status, call.maxBytes);
  } catch (error) {
    // Whatever the stream says when it is torn down: it was us, for this reason.
    throw late.signal.aborted ? late.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function answerTo({ url, method, headers, body }: HttpCall, signal: AbortSignal): Promise<IncomingMessage> {
  const secure = url.protocol === "https:";
  const options: RequestOptions = {
    method,
    agent: secure ? https : http,
    signal,
    headers: {
      "accept-encoding": "gzip, deflate, br",
      ...headers,
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    },
  };
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(url, options, resolve);
    request.once("error", reject);
    request.once("socket", (socket) => {
      if (!socket.connecting) return;
      const connected = setTimeout(() => {
        const message = `No connection within ${CONNECT_WITHIN_MS / 1000} s.`;
        request.destroy(Object.assign(new Error(message), { code: CONNECT_TIMEOUT }));
      }, CONNECT_WITHIN_MS);
      socket.once(secure ? "secureConnect" : "connect", () => clearTimeout(connected));
      socket.once("close", () => clearTimeout(connected));
    });
    request.end(body);
  });
}

/** What arrives, unpacked as its Content-Encoding says. Whoever stops reading ends both, and with them the connection. */
function unpacked(answer: IncomingMessage): Readable {
  const unpack = unpackerOf(answer.headers["content-encoding"]?.trim().toLowerCase());
  // What goes wrong on the way is told to whoever reads.
  return unpack ? pipeline(answer, unpack, () => undefined) : answer;
}

function unpackerOf(encoding: string | undefined) {
  if (encoding === "gzip" || encoding === "x-gzip") return createGunzip();
  if (encoding === "deflate") return createInflate();
  return encoding === "br" ? createBrotliDecompress() : undefined;
}
