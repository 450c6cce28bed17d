import type { OktaClient, OktaRequest, OktaResponse } from "#lib/connectors/okta/client.ts";
import type { Exchange } from "#lib/engine/execution.ts";
import { isKnownLater, readableKnownLater } from "#lib/engine/known-later.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { maskedBody, maskedPath } from "../okta/mask-exchange.ts";
import { pathWithQuery } from "../okta/path-with-query.ts";
import { membershipChange } from "./membership-change.ts";
import { changesOf } from "./planned-changes.ts";
import { resourceNow } from "./resource-now.ts";
import { afterStatus } from "./status-change.ts";

/**
 * The client of a plan: reads go to the org, everything else is noted and not sent. The real client is given requests
 * whose method is written here as GET, so no card can send anything else through it, whatever it asks for.
 *
 * A write is answered as if it had worked, with the resource as it would be then where it could be read: cards that
 * write several times get to their next call. A call that names what is known only after a write of the plan can't be made
 * yet, so reads of that kind are noted too.
 */
export function holdingClient(real: OktaClient, observe: (exchange: Exchange) => void): OktaClient {
  const note = (call: OktaRequest, { changes }: NonNullable<Exchange["held"]>) =>
    observe({
      method: call.method,
      path: readableKnownLater(maskedPath(pathWithQuery(call))),
      requestBody: maskedBody(call.body),
      durationMs: 0,
      at: new Date().toISOString(),
      held: { changes },
    });
  const read = async (call: Omit<OktaRequest, "method" | "body">): Promise<OktaResponse> => {
    const { path, query, headers, refusals } = call;
    if (!isKnownLater(pathWithQuery(call))) {
      return real.request({ method: "GET", path, query, headers, refusals });
    }
    note({ ...call, method: "GET" }, { changes: [] });
    return { status: 200, headers: {}, body: {} };
  };
  async function* pages(call: Parameters<OktaClient["pages"]>[0]): AsyncIterable<Json[]> {
    const { path, query, headers, refusals } = call;
    if (isKnownLater(pathWithQuery(call))) note({ ...call, method: "GET" }, { changes: [] });
    else yield* real.pages({ path, query, headers, refusals });
  }
  const hold = async (call: OktaRequest): Promise<OktaResponse> => {
    const unknown = isKnownLater(call.path);
    const membership = unknown ? undefined : await membershipChange(call, pages);
    const before = unknown || membership ? undefined : await resourceNow(call, read);
    const status = before && afterStatus(call, before);
    note(call, {
      changes: membership ?? (before ? [...changesOf(call.body, before), ...(status ?? [])] : []),
    });
    return { status: 200, headers: {}, body: answerOf(call, before, status?.[0]?.after) };
  };
  return { request: (call) => (call.method === "GET" ? read(call) : hold(call)), pages };
}

/** The resource as it would be after the write. Its state is left out where only Okta knows what it would be. */
function answerOf(call: OktaRequest, before: JsonObject | undefined, status: Json | undefined): JsonObject {
  const { status: now, ...rest } = before ?? {};
  const body = isJsonObject(call.body) ? call.body : {};
  const staysOrBecomes = afterStatus(call, { status: "" }) === undefined ? now : status;
  const state: JsonObject = staysOrBecomes === undefined ? {} : { status: staysOrBecomes };
  return { ...(call.method === "PUT" ? { ...rest, ...body } : merged(rest, body)), ...state };
}

/** A profile that is sent in part keeps its other attributes; one that is put as a whole loses them. */
function merged(before: JsonObject, body: JsonObject): JsonObject {
  const inner = Object.entries(body).map(([key, value]): [string, Json] => {
    const now = before[key];
    return [key, isJsonObject(value) && isJsonObject(now) ? { ...now, ...value } : value];
  });
  return { ...before, ...Object.fromEntries(inner) };
}
