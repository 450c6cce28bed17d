import { CardError } from "../../cards/errors.ts";
import type { OktaClient, OktaRequest, OktaResponse } from "../../connectors/okta/client.ts";
import type { Exchange } from "../../engine/execution.ts";
import type { Json } from "../../flow/json.ts";
import { errorOfAnswer } from "./error-of-answer.ts";
import { maskedBody, maskedPath } from "./mask-exchange.ts";
import { nextLink } from "./next-link.ts";

export interface OktaHttpOptions {
  /** Origin of the org. Every call goes there and nowhere else. */
  orgUrl: string;
  /** Value of the Authorization header. */
  authorization: string;
  /** Receives each exchange, masked, in order. */
  observe?: (exchange: Exchange) => void;
  timeoutMs?: number;
  /** Longest answer read, in bytes; a longer one fails the call instead of filling the memory. */
  maxBytes?: number;
}

/** Okta itself gives up on a log query after 30 s; the slowest other calls seen took less. */
const TIMEOUT_MS = 45_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Failures before the request left this machine: it certainly had no effect. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "EHOSTUNREACH",
]);

/** The one way out to an Okta org. Implements what the cards call; see `OktaClient` for the errors. */
export function createOktaClient(options: OktaHttpOptions): OktaClient {
  const request = (call: OktaRequest) => send(options, call, pathWithQuery(call));
  return {
    request,
    async *pages(call) {
      let path: string | undefined = pathWithQuery(call);
      while (path !== undefined) {
        const answer: OktaResponse = await send(options, { ...call, method: "GET" }, path);
        if (!Array.isArray(answer.body)) {
          throw new CardError("Okta answered something else than a list.", {
            kind: "refused",
            code: "not-a-list",
          });
        }
        yield answer.body;
        path = nextLink(answer.headers.link, options.orgUrl);
      }
    },
  };
}

function pathWithQuery({ path, query }: Pick<OktaRequest, "path" | "query">): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") search.set(key, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${text}`;
}

async function send(options: OktaHttpOptions, call: OktaRequest, path: string): Promise<OktaResponse> {
  const url = new URL(path, options.orgUrl);
  if (url.origin !== options.orgUrl || !path.startsWith("/")) {
    throw new CardError("The call would leave the connection's org; it was not sent.", {
      kind: "input",
      code: "foreign-address",
    });
  }
  const at = new Date();
  const exchange: Exchange = {
    method: call.method,
    path: maskedPath(path),
    requestBody: maskedBody(call.body),
    durationMs: 0,
    at: at.toISOString(),
  };
  const started = performance.now();
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: {
        accept: "application/json",
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        ...call.headers,
        authorization: options.authorization,
        "user-agent": "Flowdeck",
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      // A redirect would carry the credentials to wherever it points.
      redirect: "manual",
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
    });
    exchange.status = response.status;
    exchange.requestId = response.headers.get("x-okta-request-id") ?? undefined;
    const headers = Object.fromEntries(response.headers);
    const body = parsedBody(await readText(response, options.maxBytes ?? MAX_BYTES), response.status);
    exchange.responseBody = maskedBody(body);
    if (response.ok) return { status: response.status, headers, body: body ?? null };
    throw errorOfAnswer({
      status: response.status,
      headers,
      body,
      call: `${call.method} ${url.pathname}`,
      now: Date.now(),
    });
  } catch (thrown) {
    throw thrown instanceof CardError ? thrown : networkError(thrown, url.host);
  } finally {
    exchange.durationMs = Math.round(performance.now() - started);
    options.observe?.(exchange);
  }
}

/** The answer's text, at most `maxBytes` of it. */
async function readText(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new CardError(`Okta's answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MB.`, {
        kind: "refused",
        code: "answer-too-large",
        status: response.status,
        hint: "Ask for less: use a limit, a filter or a search.",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** JSON where the answer is JSON. An error page of a proxy is none; a cut-off 2xx answer is no answer. */
function parsedBody(text: string, status: number): Json | undefined {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    if (status >= 300) return undefined;
    throw new CardError(
      "Okta's answer could not be read; it may have been cut off.",
      { kind: "unavailable", code: "unreadable-answer", status, sent: true },
      { cause },
    );
  }
}

function networkError(thrown: unknown, host: string): CardError {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const code = codeOf(cause);
  if (thrown instanceof Error && thrown.name === "TimeoutError") {
    return new CardError(
      `${host} did not answer in time.`,
      { kind: "unavailable", code: "timeout", sent: true },
      { cause: thrown },
    );
  }
  const sent = !NOT_SENT.has(code);
  return new CardError(
    sent ? `The connection to ${host} broke before an answer came.` : `${host} can't be reached (${code}).`,
    { kind: "unavailable", code: code || "network", sent },
    { cause: thrown },
  );
}

function codeOf(cause: unknown): string {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return "";
  return typeof cause.code === "string" ? cause.code : "";
}
