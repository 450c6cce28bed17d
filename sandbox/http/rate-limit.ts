/** A group of operations that share a limit. The first rule that fits decides. */
export interface BucketRule {
  id: string;
  method?: string;
  /** Start of the path template, e.g. "/api/v1/users/{id}". */
  prefix: string;
  limit: number;
}

/** The state of a bucket after one request. */
export interface Budget {
  bucket: string;
  limit: number;
  remaining: number;
  /** End of the window, UTC epoch seconds. */
  reset: number;
  exceeded: boolean;
  /** True for the request that broke the limit first in this window. */
  first: boolean;
}

interface Window {
  endsAt: number;
  used: number;
}

/** The buckets of a new org: Okta's grouping, one limit for all. */
export function standardBuckets(limit: number): BucketRule[] {
  return [
    { id: "users-write", method: "POST", prefix: "/api/v1/users", limit },
    { id: "user-read", method: "GET", prefix: "/api/v1/users/{id}", limit },
    { id: "users", prefix: "/api/v1/users", limit },
    { id: "groups", prefix: "/api/v1/groups", limit },
    { id: "apps", prefix: "/api/v1/apps", limit },
    { id: "logs", prefix: "/api/v1/logs", limit },
    { id: "event-hooks", prefix: "/api/v1/eventHooks", limit },
    { id: "other", prefix: "/", limit },
  ];
}

const FALLBACK: BucketRule = { id: "other", prefix: "/", limit: 1_000_000_000 };

/** Fixed windows that start with their first request, not on the wall clock: Okta's are not aligned either. */
export class RateLimiter {
  readonly #now: () => number;
  #rules: BucketRule[];
  #windowMs: number;
  readonly #windows = new Map<string, Window>();
  readonly #ruleOf = new Map<string, BucketRule>();
  /** How many requests may be worked on at once; null for any number. Real orgs have 75. */
  concurrency: number | null = null;
  #open = 0;

  constructor(now: () => number, rules: BucketRule[], windowSeconds: number) {
    this.#now = now;
    this.#rules = rules;
    this.#windowMs = windowSeconds * 1000;
  }

  /** Replaces the buckets and starts all windows anew. */
  configure(rules: BucketRule[], windowSeconds: number): void {
    this.#rules = rules;
    this.#windowMs = windowSeconds * 1000;
    this.#windows.clear();
    this.#ruleOf.clear();
  }

  /** A request begins; false when too many are under way already. Every `enter` needs its `leave`. */
  enter(): boolean {
    this.#open += 1;
    return this.concurrency === null || this.#open <= this.concurrency;
  }

  leave(): void {
    this.#open -= 1;
  }

  get rules(): readonly BucketRule[] {
    return this.#rules;
  }

  get windowSeconds(): number {
    return this.#windowMs / 1000;
  }

  /** Counts one request against its bucket. */
  take(method: string, template: string): Budget {
    const rule = this.#rule(method, template);
    const now = this.#now();
    let window = this.#windows.get(rule.id);
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + this.#windowMs, used: 0 };
      this.#windows.set(rule.id, window);
    }
    window.used += 1;
    return {
      bucket: rule.id,
      limit: rule.limit,
      remaining: Math.max(0, rule.limit - window.used),
      reset: Math.ceil(window.endsAt / 1000),
      exceeded: window.used > rule.limit,
      first: window.used === rule.limit + 1,
    };
  }

  #rule(method: string, template: string): BucketRule {
    const key = `${method} ${template}`;
    const known = this.#ruleOf.get(key);
    if (known) return known;
    const rule =
      this.#rules.find((item) => (!item.method || item.method === method) && fits(item.prefix, template)) ??
      FALLBACK;
    this.#ruleOf.set(key, rule);
    return rule;
  }
}

function fits(prefix: string, template: string): boolean {
  return prefix === "/" || template === prefix || template.startsWith(`${prefix}/`);
}
