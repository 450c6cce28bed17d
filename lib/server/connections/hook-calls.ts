import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import { path } from "../../connectors/okta/path.ts";
import { isJsonObject, type Json, type JsonObject } from "../../flow/json.ts";

/** What an event hook looks like at Okta. Source: Okta's OpenAPI, EventHook. */
export interface HookSettings {
  name: string;
  address: string;
  secret: string;
  eventTypes: string[];
}

/** A hook as Okta has it; `undefined` when it is gone. */
export interface HookState {
  id: string;
  name: string | null;
  address: string | null;
  active: boolean;
  verified: boolean;
  eventTypes: string[];
}

/** Registers a new hook. It is active but delivers nothing until it is verified. */
export async function createHook(client: OktaClient, settings: HookSettings): Promise<string> {
  const answer = await client.request({
    method: "POST",
    path: "/api/v1/eventHooks",
    body: hookBody(settings),
  });
  const id = isJsonObject(answer.body) ? answer.body.id : undefined;
  if (typeof id !== "string") throw new Error("Okta created an event hook but named no id.");
  return id;
}

/** Reads a hook; undefined when Okta no longer has it. */
export async function readHook(client: OktaClient, hookId: string): Promise<HookState | undefined> {
  try {
    const { body } = await client.request({ method: "GET", path: path`/api/v1/eventHooks/${{ hookId }}` });
    return stateOf(hookId, body);
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return undefined;
    throw error;
  }
}

/** All hooks of the org, of whoever made them. */
export async function listHooks(client: OktaClient): Promise<HookState[]> {
  const hooks: HookState[] = [];
  for await (const page of client.pages({ path: "/api/v1/eventHooks" })) {
    for (const hook of page) {
      if (isJsonObject(hook) && typeof hook.id === "string") hooks.push(stateOf(hook.id, hook));
    }
  }
  return hooks;
}

/**
 * Replaces a hook's settings. Okta un-verifies it when the channel (address or secret) changes.
 * @returns whether it is verified still
 */
export async function replaceHook(
  client: OktaClient,
  hookId: string,
  settings: HookSettings,
): Promise<boolean> {
  const call = {
    method: "PUT",
    path: path`/api/v1/eventHooks/${{ hookId }}`,
    body: hookBody(settings),
  } as const;
  return stateOf(hookId, (await client.request(call)).body).verified;
}

/** Makes Okta call the address with its challenge. @throws CardError (E0000001) when the challenge was not met. */
export async function verifyHook(client: OktaClient, hookId: string): Promise<void> {
  await client.request({ method: "POST", path: path`/api/v1/eventHooks/${{ hookId }}/lifecycle/verify` });
}

/** Removes a hook; one that is gone already counts as removed. Okta deletes only inactive hooks. */
export async function removeHook(client: OktaClient, hookId: string): Promise<void> {
  await unlessGone(
    client.request({ method: "POST", path: path`/api/v1/eventHooks/${{ hookId }}/lifecycle/deactivate` }),
  );
  await unlessGone(client.request({ method: "DELETE", path: path`/api/v1/eventHooks/${{ hookId }}` }));
}

async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof CardError) || error.details.status !== 404) throw error;
  }
}

function hookBody({ name, address, secret, eventTypes }: HookSettings): JsonObject {
  return {
    name,
    events: { type: "EVENT_TYPE", items: eventTypes },
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: {
        uri: address,
        headers: [],
        method: "POST",
        authScheme: { type: "HEADER", key: "Authorization", value: secret },
      },
    },
  };
}

function stateOf(id: string, body: Json): HookState {
  const hook = isJsonObject(body) ? body : {};
  const events = isJsonObject(hook.events) ? hook.events.items : [];
  const channel = isJsonObject(hook.channel) && isJsonObject(hook.channel.config) ? hook.channel.config : {};
  return {
    id,
    name: typeof hook.name === "string" ? hook.name : null,
    address: typeof channel.uri === "string" ? channel.uri : null,
    active: hook.status === "ACTIVE",
    verified: hook.verificationStatus === "VERIFIED",
    eventTypes: Array.isArray(events) ? events.filter((item) => typeof item === "string") : [],
  };
}
