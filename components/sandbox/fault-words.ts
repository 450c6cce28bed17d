import type { FaultName, SandboxFault } from "#lib/api/sandbox.ts";

interface Words {
  title: string;
  /** What happens while it is on. */
  what: string;
  /** The quantity it takes, with what it begins with. */
  amount?: { key: "ms" | "resetSeconds"; label: string; standard: number };
}

/** Every fault in plain words, in the order of the page. */
export const FAULT_WORDS: Record<FaultName, Words> = {
  latency: {
    title: "Slow answers",
    what: "Calls wait before they are answered.",
    amount: { key: "ms", label: "Milliseconds", standard: 1000 },
  },
  "429": {
    title: "Rate limit reached",
    what: "Calls are refused with 429. Nothing is changed; flows wait for the reset and go on by themselves.",
    amount: { key: "resetSeconds", label: "Seconds until the reset", standard: 5 },
  },
  "500": { title: "Server error (500)", what: "Calls fail with an internal error. Nothing is changed." },
  "503": { title: "Out of service (503)", what: "Calls fail as during maintenance. Nothing is changed." },
  "reset-before": {
    title: "Connection lost before the change",
    what: "The connection breaks before anything is done.",
  },
  "reset-after": {
    title: "Connection lost after the change",
    what: "The change is made, then the connection breaks: whoever called cannot know. Flows look, or ask you.",
  },
  truncate: { title: "Half an answer", what: "The change is made, and only half of the answer arrives." },
  "delivery-drop": {
    title: "Deliveries lost",
    what: "Events are not delivered to hooks. The System Log still has them.",
  },
  "delivery-duplicate": {
    title: "Deliveries twice",
    what: "Each delivery is sent twice. A flow must still run once per event.",
  },
  "delivery-reorder": {
    title: "Deliveries out of order",
    what: "Events of a delivery are turned around, and the next delivery overtakes it.",
  },
  "delivery-delay": {
    title: "Deliveries late",
    what: "Deliveries wait before they go out.",
    amount: { key: "ms", label: "Milliseconds", standard: 5000 },
  },
};

/** How often a fault strikes, as it can be chosen on the page. */
export const HOW_OFTEN = {
  always: { label: "Every time", rule: {} },
  half: { label: "Half of the time", rule: { rate: 0.5 } },
  tenth: { label: "One time in ten", rule: { rate: 0.1 } },
  once: { label: "Only the next time", rule: { next: 1 } },
  thrice: { label: "Only the next 3 times", rule: { next: 3 } },
} as const;
export type HowOften = keyof typeof HOW_OFTEN;

/** One rule in words: "Slow answers: 1000 ms, half of the time, only POST /api/v1/users". */
export function faultText(rule: SandboxFault): string {
  const { title } = FAULT_WORDS[rule.fault];
  const parts = partsOf(rule);
  return parts.length === 0 ? title : `${title}: ${parts.join(", ")}`;
}

/** How much, how often and where a fault strikes, under its title: "Every time, 1000 ms". */
export function ruleText(rule: SandboxFault): string {
  const parts = partsOf(rule);
  const always = rule.rate === undefined && rule.next === undefined ? [HOW_OFTEN.always.label] : [];
  return [...always, ...parts].join(", ");
}

function partsOf(rule: SandboxFault): string[] {
  const { amount } = FAULT_WORDS[rule.fault];
  const value = amount ? rule[amount.key] : undefined;
  return [
    value === undefined || !amount ? "" : amount.key === "ms" ? `${value} ms` : `reset in ${value} s`,
    rule.rate === undefined ? "" : `${Math.round(rule.rate * 100)} % of the time`,
    rule.next === undefined
      ? ""
      : rule.next === 1
        ? "only the next time"
        : `only the next ${rule.next} times`,
    rule.method || rule.pathPrefix ? `only ${[rule.method, rule.pathPrefix].filter(Boolean).join(" ")}` : "",
    rule.hookId ? `only hook ${rule.hookId}` : "",
  ].filter((part) => part !== "");
}
