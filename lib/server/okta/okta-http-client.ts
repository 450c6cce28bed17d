import { CardError } from "../../cards/errors.ts";
import type { HiddenNames } from "../../cards/secret-keys.ts";
import type { OktaClient, OktaRequest, OktaResponse } from "../../connectors/okta/client.ts";
import type { Exchange } from "../../engine/execution.ts";
import type { MayGoOn, Sending, WaitingPlace, WaitingRoom } from "../../engine/ports.ts";
import type { Json } from "../../flow/json.ts";
import type { Authorization, Authorizer } from "./authorizer.ts";
import type { CallGate, Passage } from "./call-gate.ts";
import { countCall } from "./count-call.ts";
import { errorOfAnswer } from "./error-of-answer.ts";
import { httpExchange } from "./http-exchange.ts";
import { maskedBody, maskedPath, withoutToken } from "./mask-exchange.ts";
import { networkError } from "./network-error.ts";
import { nextLink } from "./next-link.ts";
import { OrgClock } from "./org-clock.ts";
import { pathWithQuery } from "./path-with-query.ts";
import { patiently } from "./patiently.ts";

export interface OktaHttpOptions {
  /** Origin of the org. Every call goes there and nowhere else. */
  orgUrl: string;
  /** Gives each call its credentials. */
  authorizer: Authorizer;
  /** OAuth scopes of the card that calls, to be named when Okta refuses for want of one and does not say which. */
  scopes?: readonly string[];
  /** Lets the calls through. Absent for what a person does by hand, which may use what flows leave to others. */
  gate?: CallGate;
  /** Profile attributes that are masked in what is observed, beside secrets. */
  hidden?: HiddenNames;
  /** Receives each exchange, masked, in order. */
  observe?: (exchange: Exchange) => void;
  /** These two see `Connections.client`. */
  mayGoOn?: MayGoOn;
  sending?: Sending;
  /** Where further pages of lists, and further calls, wait for a rate limit. */
  room?: WaitingRoom;
  timeoutMs?: number;
  /** Longest answer read, in bytes; a longer one fails the call instead of filling the memory. */
  maxBytes?: number;
}

/** Okta itself gives up on a log query after 30 s; the slowest other calls seen took less. */
const TIMEOUT_MS = 45_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** So many reads are made again sooner than a place of the worker is kept for minutes; a whole list is not. */
const FEW_READS = 2;

/** What the client's card has done so far. */
interface Begun {
  calls: number;
  wrote: boolean;
}

/** The one way out to an Okta org. Implements what the cards call; see `OktaClient` for the errors. */
export function createOktaClient(given: OktaHttpOptions): OktaClient {
  const clock = new OrgClock();
  const begun: Begun = { calls: 0, wrote: false };
  const options = { ...given, clock, pass: passing(begun, given) };
  const { mayGoOn } = given;
  let place: WaitingPlace | undefined;
  /**
   * A call that has to wait sends the card away, unless what it did by earlier ones would have to be done again: then it
   * waits here as pages do. One without an answer is not sent again: it may have taken effect.
   */
  const request = (call: OktaRequest) => {
    const once = () => send(options, call, pathWithQuery(call));
    if (!begun.wrote && begun.calls <= FEW_READS) return once();
    // For all that are to come: given back when the execution leaves its worker.
    place ??= options.room?.place();
    return patiently(once, { mayGoOn, place, retries: 0 });
  };
  return {
    request,
    orgTime: (ours) => clock.at(ours, Date.now()),
    async *pages(call) {
      const own = options.room?.place();
      try {
        let path: string | undefined = pathWithQuery(call);
        while (path !== undefined) {
          const at: string = path;
          const read = () => send(options, { ...call, method: "GET" }, at);
          const answer: OktaResponse = await (begun.calls > 0
            ? patiently(read, { mayGoOn, place: own })
            : read());
          if (!Array.isArray(answer.body)) {
            throw new CardError("Okta answered something else than a list.", {
              kind: "refused",
              code: "not-a-list",
            });
          }
          yield answer.body;
          path = nextLink(answer.headers.link, options.orgUrl);
        }
      } finally {
        own?.leave();
      }
    },
  };
}

interface SendOptions extends OktaHttpOptions {
  clock: OrgClock;
  pass: (call: OktaRequest, path: string) => Promise<Passage>;
}

/** Asks before each exchange of one client, which is one card's: whether the card may go on, and the gate. */
function passing(
  begun: Begun,
  { gate, mayGoOn }: Pick<OktaHttpOptions, "gate" | "mayGoOn">,
): SendOptions["pass"] {
  return async ({ method }, path) => {
    if (begun.calls > 0) mayGoOn?.("calls");
    const passage = await (gate?.enter({ method, path }) ?? OPEN);
    begun.calls++;
    begun.wrote ||= method !== "GET";
    return passage;
  };
}

const OPEN: Passage = { leave: () => undefined };

async function send(options: SendOptions, call: OktaRequest, path: string): Promise<OktaResponse> {
  const url = new URL(path, options.orgUrl);
  if (url.origin !== options.orgUrl || !path.startsWith("/")) {
    throw new CardError("The call would leave the connection's org; it was not sent.", {
      kind: "input",
      code: "foreign-address",
    });
  }
  const started = await start(options, call, url, path);
  const first = await exchangeOnce(options, call, url, started);
  // A 401 was not carried out, so a write may be sent again too. Once: a second 401 means what it says.
  const again =
    first.status === 401 && (await options.authorizer.renewed(started.authorization, first.headers));
  const answer = again
    ? await exchangeOnce(options, call, url, await start(options, call, url, path))
    : first;
  if (answer.ok || (call.refusals === "give" && isRefusal(answer.status))) {
    return { status: answer.status, headers: answer.headers, body: answer.body ?? null };
  }
  throw errorOfAnswer({
    status: answer.status,
    headers: answer.headers,
    body: answer.body,
    call: `${call.method} ${url.pathname}`,
    now: Date.now(),
    auth: options.authorizer.kind,
    scopes: options.scopes,
  });
}

/** A call that may leave now. */
interface Started {
  exchange: Exchange;
  authorization: Authorization;
  passage: Passage;
}

/** Everything a call has to wait for. Whoever wants to know of it is told before that, and again right before it leaves. */
async function start(options: SendOptions, call: OktaRequest, url: URL, path: string): Promise<Started> {
  const { method, body } = call;
  const { hidden } = options;
  const at = new Date().toISOString();
  const shown = { path: maskedPath(path, hidden), requestBody: maskedBody(body, hidden) };
  const exchange = { method, ...shown, durationMs: 0, at };
  await options.sending?.(exchange, "waits");
  const passage = await options.pass(call, path);
  const authorization = await authorized(options, call, url, passage);
  try {
    await options.sending?.(exchange, "leaves");
  } catch (error) {
    passage.leave("not-sent", {});
    throw error;
  }
  return { exchange, authorization, passage };
}

/** After the gate: a proof of possession made before a wait would be too old after it. */
async function authorized(
  { authorizer }: OktaHttpOptions,
  { method }: OktaRequest,
  url: URL,
  passage: Passage,
): Promise<Authorization> {
  try {
    return await authorizer.authorize({ method, url });
  } catch (error) {
    passage.leave("not-sent", {});
    throw error;
  }
}

/** An answer about the call itself: not about the credentials, the rate limit or a server in trouble. */
function isRefusal(status: number): boolean {
  return status === 501 || (status < 500 && status !== 401 && status !== 429);
}

interface Answer {
  ok: boolean;
  status: number;
  headers: Record<string, string>;
  body: Json | undefined;
}

async function exchangeOnce(
  options: SendOptions,
  call: OktaRequest,
  url: URL,
  { exchange: about, authorization, passage }: Started,
): Promise<Answer> {
  const headers: Record<string, string> = {};
  const exchange: Exchange = { ...about, at: new Date().toISOString() };
  const started = performance.now();
  try {
    const { token } = authorization;
    let status = 0;
    const text = await httpExchange({
      url,
      method: call.method,
      headers: {
        accept: "application/json",
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        ...call.headers,
        ...authorization.headers,
        "user-agent": "Flowdeck",
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      maxBytes: options.maxBytes ?? MAX_BYTES,
      onHead: (answered, sent) => {
        status = answered;
        for (const [name, value] of Object.entries(sent)) headers[name] = withoutToken(value, token);
        exchange.status = status;
        exchange.requestId = headers["x-okta-request-id"];
        options.clock.answered(headers, Date.now());
      },
    });
    const body = parsedBody(withoutToken(text, token), status);
    exchange.responseBody = maskedBody(body, options.hidden);
    return { ok: status >= 200 && status < 300, status, headers, body };
  } catch (thrown) {
    throw thrown instanceof CardError ? thrown : networkError(thrown, url.host);
  } finally {
    const tookMs = performance.now() - started;
    exchange.durationMs = Math.round(tookMs);
    passage.leave(exchange.status ?? "no-answer", headers);
    countCall(url.pathname + url.search, exchange.status, tookMs);
    options.observe?.(exchange);
  }
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
