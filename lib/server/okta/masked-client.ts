import { type HiddenNames, maskKeys } from "../../cards/secret-keys.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import type { Json } from "../../flow/json.ts";

/** A client whose answers have hidden attributes masked, for lists that people are shown and nothing acts on. */
export function maskedClient(client: OktaClient, hidden: HiddenNames): OktaClient {
  if (hidden.size === 0) return client;
  const masked = (body: Json) => maskKeys(body, { hidden });
  return {
    orgTime: client.orgTime,
    request: async (call) => {
      const answer = await client.request(call);
      return { ...answer, body: masked(answer.body) };
    },
    async *pages(call) {
      for await (const page of client.pages(call)) yield page.map(masked);
    },
  };
}
