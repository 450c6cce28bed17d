/** An event hook as the org keeps it. */
export interface HookRecord {
  id: string;
  seq: number;
  name: string;
  description: string | null;
  status: "ACTIVE" | "INACTIVE";
  verificationStatus: "UNVERIFIED" | "VERIFIED";
  created: string;
  createdBy: string;
  lastUpdated: string;
  items: string[];
  channel: HookChannel;
}

/** Where a hook delivers to, and with what. */
export interface HookChannel {
  uri: string;
  headers: { key: string; value: string }[];
  /** `value` is the secret: it is sent with each delivery and never answered by the API. */
  authScheme: { key: string; value: string } | null;
}

/** Hooks by id. */
export class HookStore {
  readonly #byId = new Map<string, HookRecord>();

  get size(): number {
    return this.#byId.size;
  }

  all(): IterableIterator<HookRecord> {
    return this.#byId.values();
  }

  byId(id: string): HookRecord | undefined {
    return this.#byId.get(id);
  }

  add(hook: HookRecord): void {
    this.#byId.set(hook.id, hook);
  }

  remove(hook: HookRecord): void {
    this.#byId.delete(hook.id);
  }

  /** Hooks that must receive events of this type: active, verified, subscribed. */
  listening(eventType: string): HookRecord[] {
    const found: HookRecord[] = [];
    for (const hook of this.#byId.values()) {
      if (
        hook.status === "ACTIVE" &&
        hook.verificationStatus === "VERIFIED" &&
        hook.items.includes(eventType)
      )
        found.push(hook);
    }
    return found;
  }
}

/** True when two channels would call the same address in the same way. */
export function sameChannel(a: HookChannel, b: HookChannel): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A hook as the API answers it: the secret left out, links by status. */
export function hookJson(hook: HookRecord, baseUrl: string): Record<string, unknown> {
  const self = `${baseUrl}/api/v1/eventHooks/${hook.id}`;
  const post = { hints: { allow: ["POST"] } };
  const { authScheme } = hook.channel;
  return {
    id: hook.id,
    status: hook.status,
    verificationStatus: hook.verificationStatus,
    name: hook.name,
    description: hook.description,
    created: hook.created,
    createdBy: hook.createdBy,
    lastUpdated: hook.lastUpdated,
    events: { type: "EVENT_TYPE", items: hook.items, filter: null },
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: {
        uri: hook.channel.uri,
        headers: hook.channel.headers,
        method: "POST",
        ...(authScheme ? { authScheme: { type: "HEADER", key: authScheme.key } } : {}),
      },
    },
    _links:
      hook.status === "ACTIVE"
        ? {
            self: { href: self },
            verify: { href: `${self}/lifecycle/verify`, ...post },
            deactivate: { href: `${self}/lifecycle/deactivate`, ...post },
          }
        : {
            activate: { href: `${self}/lifecycle/activate`, ...post },
            self: { href: self },
            delete: { href: self, hints: { allow: ["DELETE"] } },
          },
  };
}
