import { CardError } from "#lib/cards/errors.ts";
import type { OktaClient, OktaRequest, OktaResponse } from "#lib/connectors/okta/client.ts";
import type { Exchange, PlannedChange } from "#lib/engine/execution.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import { maskedBody, maskedPath } from "../okta/mask-exchange.ts";
import { pathWithQuery } from "../okta/path-with-query.ts";
import { changesOf } from "./planned-changes.ts";

/**
 * The client of a plan: reads go to the org, everything else is noted and not sent. The real client is given requests
 * whose method is written here as GET, so no card can send anything else through it, whatever it asks for.
 *
 * A write is answered as if it had worked, with the resource as it would be then where it could be read: cards that
 * write several times get to their next call.
 */
export function holdingClient(real: OktaClient, observe: (exchange: Exchange) => void): OktaClient {
  const read = (call: Omit<OktaRequest, "method" | "body">) => {
    const { path, query, headers, refusals } = call;
    return real.request({ method: "GET", path, query, headers, refusals });
  };
  const hold = async (call: OktaRequest): Promise<OktaResponse> => {
    const before = await resourceNow(call, read);
    observe({
      method: call.method,
      path: maskedPath(pathWithQuery(call)),
      requestBody: maskedBody(call.body),
      durationMs: 0,
      at: new Date().toISOString(),
      held: { changes: before ? [...changesOf(call.body, before), ...statusNow(call, before)] : [] },
    });
    const body = { ...before, ...(isJsonObject(call.body) ? call.body : {}) };
    return { status: 200, headers: {}, body };
  };
  return {
    request: (call) => (call.method === "GET" ? read(call) : hold(call)),
    pages: ({ path, query, headers, refusals }) => real.pages({ path, query, headers, refusals }),
  };
}

/** `/api/v1/users/{id}/lifecycle/suspend` is about `/api/v1/users/{id}`. */
const ACTION = /\/(?:lifecycle|credentials)\/.*$/;

/**
 * The resource a write is about, as it is; undefined where it can't be read: a list it would be added to, something that
 * has no address of its own (a membership), or something that is not there.
 */
async function resourceNow(
  call: OktaRequest,
  read: (call: { path: string; refusals: "give" }) => Promise<OktaResponse>,
): Promise<JsonObject | undefined> {
  const path = call.path.replace(/\?.*$/, "").replace(ACTION, "");
  const parts = path.replace(/^\/api\/v1\//, "").split("/");
  const addsToList = call.method === "POST" && parts.length % 2 === 1;
  if (addsToList) return undefined;
  try {
    const { status, body } = await read({ path, refusals: "give" });
    return status === 200 && isJsonObject(body) ? body : undefined;
  } catch (error) {
    const kind = error instanceof CardError ? error.details.kind : undefined;
    // These are about the connection: the plan waits for it as a run would.
    if (kind === "rateLimited" || kind === "unauthorized" || !(error instanceof CardError)) throw error;
    return undefined;
  }
}

/** A change of state is named by its path; which state comes after is Okta's to know. */
function statusNow({ path }: OktaRequest, { status }: JsonObject): PlannedChange[] {
  return ACTION.test(path) && typeof status === "string" ? [{ field: ["status"], before: status }] : [];
}
