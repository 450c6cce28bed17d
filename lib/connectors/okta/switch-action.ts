import type { Card } from "../../cards/define.ts";
import type { InputValues, TypedFields } from "../../cards/field.ts";
import type { JsonObject } from "../../flow/json.ts";
import { okta } from "./client.ts";
import { docsUrl } from "./docs-url.ts";
import { oktaAction } from "./okta-action.ts";
import { lookUp } from "./read-back.ts";
import { statusOf, statusOutput } from "./status.ts";

/** A card that switches something on or off. */
export interface Switch {
  id: string;
  title: string;
  summary: string;
  help: string;
  keywords: string[];
  step: "activate" | "deactivate";
  operation: string;
  leadsTo: "ACTIVE" | "INACTIVE";
  sample: JsonObject;
}

/** What all switches of one kind of thing share. */
export interface Switched<I extends TypedFields> {
  category: string;
  scope: string;
  /** Tag of the operations in Okta's API reference. */
  tag: string;
  /** Path of one thing as the documents write it, and the real one. */
  endpoint: string;
  address: (inputs: InputValues<I>) => string;
  inputs: I;
  success: 200 | 204;
}

/**
 * POST {address}/lifecycle/{step}. Okta does not say what it answers for a thing that is in the status already, so after
 * a lost answer the card looks: one that is there needs no second call, whoever brought it there.
 */
export function switchAction<I extends TypedFields>(
  { category, scope, tag, endpoint, address, inputs, success }: Switched<I>,
  { step, operation, leadsTo, sample, ...card }: Switch,
): Card {
  return oktaAction({
    ...card,
    version: 1,
    docs: docsUrl(tag, operation),
    connector: okta,
    category,
    endpoint: `POST ${endpoint}/lifecycle/${step}`,
    scopes: [scope],
    effect: "write",
    repeat: "check",
    inputs,
    outputs: { statusCode: statusOutput({ success }) },
    sample: { inputs: sample, outputs: { statusCode: success } },
    run: async ({ inputs: given, client }) => {
      const path = `${address(given)}/lifecycle/${step}`;
      return { statusCode: await statusOf(client, { method: "POST", path }) };
    },
    readBack: async ({ inputs: given, client }) => {
      const found = await lookUp(client, address(given));
      return found?.status === leadsTo ? { statusCode: success } : null;
    },
  });
}
