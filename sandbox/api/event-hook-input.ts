import {
  bodyObject,
  isObject,
  type Json,
  objectField,
  requiredText,
  textField,
  textList,
} from "../http/fields.ts";
import { invalid, notSimulated } from "../http/problem.ts";
import eventTypes from "../org/event-types.json" with { type: "json" };
import type { HookChannel, HookRecord } from "../org/hooks.ts";

/** Event types a hook may subscribe to. */
export const ELIGIBLE_TYPES: ReadonlySet<string> = new Set(eventTypes);

/** Okta's limit of event types per hook. */
const MAX_TYPES = 300;

/** What a create or replace request says about a hook. */
export type HookInput = Pick<HookRecord, "name" | "description" | "items" | "channel"> & {
  status: HookRecord["status"] | undefined;
};

/**
 * Reads the body of a create or replace request. `previous` keeps the secret when a replacement leaves it out.
 * Throws 400 E0000001, or 501 for filters, which this org does not evaluate.
 */
export function readHook(body: unknown, previous: HookRecord | null): HookInput {
  const hook = bodyObject(body);
  const status = textField(hook, "status");
  if (status !== undefined && status !== "ACTIVE" && status !== "INACTIVE")
    throw invalid("status", "status: must be ACTIVE or INACTIVE");
  const name = requiredText(hook, "name");
  if (name.length > 255) throw invalid("name", "name: The field cannot exceed 255 characters");
  return {
    name,
    description: textField(hook, "description") ?? null,
    items: readItems(hook),
    channel: readChannel(hook, previous),
    status,
  };
}

function readItems(hook: Json): string[] {
  const events = objectField(hook, "events");
  if (!events) throw invalid("events", "events: The field cannot be left blank");
  if (requiredText(events, "type", "events.type") !== "EVENT_TYPE")
    throw invalid("events.type", "events.type: must be EVENT_TYPE");
  if (events.filter !== undefined && events.filter !== null) throw notSimulated("filters of event hooks");
  const items = [...new Set(textList(events, "items") ?? [])];
  if (items.length === 0) throw invalid("events.items", "events.items: The field cannot be left blank");
  if (items.length > MAX_TYPES)
    throw invalid(
      "events.items",
      `events.items: An event hook cannot have more than ${MAX_TYPES} event types`,
    );
  const unknown = items.filter((item) => !ELIGIBLE_TYPES.has(item));
  if (unknown.length > 0)
    throw invalid(
      "events.items",
      ...unknown.map((item) => `'${item}' is not an event type hooks can receive`),
    );
  return items;
}

function readChannel(hook: Json, previous: HookRecord | null): HookChannel {
  const channel = objectField(hook, "channel");
  if (!channel) throw invalid("channel", "channel: The field cannot be left blank");
  if (requiredText(channel, "type", "channel.type") !== "HTTP")
    throw invalid("channel.type", "channel.type: must be HTTP");
  requiredText(channel, "version", "channel.version");
  const config = objectField(channel, "config");
  if (!config) throw invalid("channel.config", "channel.config: The field cannot be left blank");
  return {
    uri: readUri(config),
    headers: readHeaders(config),
    authScheme: readAuthScheme(config, previous),
  };
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

// Real Okta takes https only. Plain http is let through to this machine, where flows are built and tested.
function readUri(config: Json): string {
  const uri = requiredText(config, "uri", "channel.config.uri");
  const parsed = URL.canParse(uri) ? new URL(uri) : null;
  const local = parsed?.protocol === "http:" && LOOPBACK.includes(parsed.hostname);
  if (parsed?.protocol !== "https:" && !local)
    throw invalid("uri", "uri: must be an https address, or http on this machine");
  return uri;
}

function readHeaders(config: Json): HookChannel["headers"] {
  const given = config.headers ?? [];
  if (!Array.isArray(given)) throw invalid("headers", "headers: must be an array");
  return given.map((item: unknown) => {
    if (!isObject(item)) throw invalid("headers", "headers: each must be an object with key and value");
    return {
      key: checkHeader(requiredText(item, "key", "headers.key")),
      value: checkValue(textField(item, "value") ?? ""),
    };
  });
}

function readAuthScheme(config: Json, previous: HookRecord | null): HookChannel["authScheme"] {
  const given = objectField(config, "authScheme");
  if (!given) return null;
  const value = textField(given, "value") ?? previous?.channel.authScheme?.value;
  if (!value) throw invalid("authScheme", "authScheme.value: The field cannot be left blank");
  return {
    key: checkHeader(requiredText(given, "key", "authScheme.key")),
    value: checkValue(value),
  };
}

function checkHeader(key: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(key)) throw invalid("headers", `headers: '${key}' is no header name`);
  return key;
}

function checkValue(value: string): string {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
    throw invalid("headers", "headers: a value has forbidden characters");
  return value;
}
