import type { Json } from "../flow/json.ts";
import type { Choice, Fields } from "./field.ts";

declare const clientType: unique symbol;

/** A family of cards for one system. `Client` is what its cards call; the server provides the implementation. */
export interface Connector<Client> {
  id: string;
  title: string;
  readonly [clientType]?: (client: Client) => void;
}

/** Names a connector and the client its cards are written against. */
export function defineConnector<Client>(connector: { id: string; title: string }): Connector<Client> {
  return connector;
}

export interface LiveChoice extends Choice {
  detail?: string;
}

/** One page of choices for a picker. `cursor` asks for the next one. */
export interface ChoicePage {
  choices: LiveChoice[];
  cursor?: string;
  /** What an admin must know of the list, such as that it is not all there is. */
  note?: string;
}

/** Live choices from the connection: users, groups, applications. Pages without a limit. */
export interface ChoiceLoader<Client = unknown> {
  id: string;
  kind: "choices";
  connector: Connector<Client>;
  /**
   * A list that takes many calls to read and that the system cannot search: `load` is asked for all of it, the server
   * keeps the answer for some minutes and searches in it.
   */
  whole?: boolean;
  /** `options` has the value of the input the choices depend on (`pickerBy`), under the input's name. */
  load: (request: {
    client: Client;
    search: string;
    cursor?: string;
    options?: Record<string, Json>;
  }) => Promise<ChoicePage>;
  /**
   * The choice with exactly this value, null where the system has none (or none that fits `options`). Tells a form the
   * name behind an id, and whether a choice still fits after what it depends on has changed.
   */
  find?: (request: {
    client: Client;
    value: string;
    options?: Record<string, Json>;
  }) => Promise<LiveChoice | null>;
}

/** Fields only the connection knows, for example an org's custom profile attributes. */
export interface FieldLoader<Client = unknown> {
  id: string;
  kind: "fields";
  connector: Connector<Client>;
  /** `options` are the card's, and the value of the input its fields grow by (`growsBy`), under the input's name. */
  load: (request: { client: Client; options: Record<string, Json> }) => Promise<Fields>;
}

export type Loader = ChoiceLoader | FieldLoader;

/** Declares a loader; types of the client are checked here and erased for the registry. */
export function defineChoiceLoader<Client>(loader: Omit<ChoiceLoader<Client>, "kind">): ChoiceLoader {
  return { kind: "choices", ...loader } as unknown as ChoiceLoader;
}

/** Declares a loader of fields; see `defineChoiceLoader`. */
export function defineFieldLoader<Client>(loader: Omit<FieldLoader<Client>, "kind">): FieldLoader {
  return { kind: "fields", ...loader } as unknown as FieldLoader;
}
