import type { JsonObject } from "#lib/flow/json.ts";
import type { Send } from "../../sandbox/test-client.ts";

/** Brings the org into the state a card works in. What it answers is laid over the inputs: ids only the org knows. */
export type Prepare = (send: Send, inputs: JsonObject) => Promise<JsonObject | undefined>;

/** What a card is driven with besides its own sample. */
export interface Setting {
  /** Laid over the inputs of the card's sample. */
  inputs?: JsonObject;
  /** Inputs of the sample that are left empty. */
  without?: string[];
  before?: Prepare;
  /** The look back leaves open what happened, so that a person is asked. */
  leavesOpen?: boolean;
}

/** One drive of a card. */
export interface ContractCase extends Setting {
  card: string;
  /** What differs from the card's own sample; empty for the sample itself. */
  name: string;
  options: Record<string, string>;
}

/** A drive of a card as it is written down. */
export interface Drive extends Setting {
  name: string;
  options?: Record<string, string>;
}
