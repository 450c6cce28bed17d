import { setTimeout as sleep } from "node:timers/promises";
import { CardError } from "../../cards/errors.ts";
import type { OktaClient, OktaRequest, OktaResponse } from "../../connectors/okta/client.ts";

/** For tests: sends a call again whenever it is told to wait, as the executor does. Counts the waits by their code. */
export async function callWithWaits(
  client: () => OktaClient,
  call: OktaRequest,
  waits: Record<string, number> = {},
): Promise<OktaResponse> {
  for (;;) {
    try {
      return await client().request(call);
    } catch (error) {
      if (!(error instanceof CardError) || error.details.kind !== "rateLimited") throw error;
      waits[error.details.code] = (waits[error.details.code] ?? 0) + 1;
      await sleep(Math.max(0, (error.details.retryAt ?? 0) - Date.now()));
    }
  }
}
