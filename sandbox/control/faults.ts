import { z } from "zod";
import type { DeliveryFaults } from "../org/hook-delivery.ts";

const REQUEST_FAULTS = [
  "latency",
  "429",
  "500",
  "502",
  "503",
  "reset-before",
  "reset-after",
  "truncate",
] as const;
const DELIVERY_FAULTS = [
  "delivery-drop",
  "delivery-duplicate",
  "delivery-reorder",
  "delivery-delay",
] as const;

const ruleSchema = z.strictObject({
  fault: z.enum([...REQUEST_FAULTS, ...DELIVERY_FAULTS]),
  /** Only requests with this method. */
  method: z.string().toUpperCase().optional(),
  /** Only requests whose path starts so. */
  pathPrefix: z.string().startsWith("/").optional(),
  /** Only deliveries of this hook. */
  hookId: z.string().optional(),
  /** How many times the rule still strikes; it is gone afterwards. Without it, it stays. */
  next: z.int().min(1).optional(),
  /** Share of fitting requests or deliveries it strikes, 0 to 1. */
  rate: z.number().min(0).max(1).optional(),
  /** Milliseconds, for latency and delivery-delay. */
  ms: z.int().min(0).max(600_000).default(1000),
  /** For 429: answer the concurrency form (limit 0, remaining 0) instead of the time form. */
  concurrency: z.boolean().default(false),
  /** For 429: seconds until the reset the headers name. */
  resetSeconds: z.int().min(0).max(3600).default(1),
});

/** What PUT /sandbox/faults takes. */
export const faultsSchema = z.strictObject({ rules: z.array(ruleSchema).max(100) });

export type FaultRule = z.infer<typeof ruleSchema>;
type RequestFault = (typeof REQUEST_FAULTS)[number];

/** The faults that strike one request. */
export type RequestFaults = Partial<Record<RequestFault, FaultRule>>;

/** The faults switched on. Rates are drawn from a seeded sequence, so that a test sees the same faults each time. */
export class FaultBox {
  #rules: FaultRule[] = [];
  #seed = 1;

  get rules(): readonly FaultRule[] {
    return this.#rules;
  }

  /** Replaces all rules. */
  set(rules: FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ ...rule }));
    this.#seed = 1;
  }

  forRequest(method: string, path: string): RequestFaults {
    if (this.#rules.length === 0) return {};
    const struck: RequestFaults = {};
    for (const fault of REQUEST_FAULTS) {
      const rule = this.#strike(fault, (item) => fitsRequest(item, method, path));
      if (rule) struck[fault] = rule;
    }
    return struck;
  }

  forDelivery(hookId: string): DeliveryFaults {
    const strike = (fault: FaultRule["fault"]) =>
      this.#strike(fault, (rule) => rule.hookId === undefined || rule.hookId === hookId);
    return {
      drop: strike("delivery-drop") !== null,
      duplicate: strike("delivery-duplicate") !== null,
      reorder: strike("delivery-reorder") !== null,
      delayMs: strike("delivery-delay")?.ms ?? 0,
    };
  }

  #strike(fault: FaultRule["fault"], fits: (rule: FaultRule) => boolean): FaultRule | null {
    const rule = this.#rules.find((item) => item.fault === fault && fits(item));
    if (!rule || (rule.rate !== undefined && this.#random() >= rule.rate)) return null;
    if (rule.next !== undefined) {
      rule.next -= 1;
      if (rule.next === 0) this.#rules = this.#rules.filter((item) => item !== rule);
    }
    return rule;
  }

  // Mulberry32.
  #random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}

function fitsRequest(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method !== method) return false;
  return rule.pathPrefix === undefined || path.startsWith(rule.pathPrefix);
}
