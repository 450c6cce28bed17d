import type { CardErrorKind } from "../cards/errors.ts";
import type { Json, JsonObject } from "../flow/json.ts";

/** States of an execution. "waiting" left its worker and comes back; "attention" needs a person. */
export const EXECUTION_STATUSES = [
  "queued",
  "running",
  "waiting",
  "succeeded",
  "failed",
  "cancelled",
  "attention",
] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** States of one attempt at a card. "unknown": the request left, but whether it took effect is not known. */
export const STEP_STATUSES = ["running", "succeeded", "failed", "skipped", "unknown"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/**
 * Why an execution exists. "live": an event arrived; "test": somebody tries the flow; "manual": somebody runs one card by
 * hand; "plan": reads only; "replay": somebody runs a flow again for an event that came before.
 */
export type ExecutionMode = "live" | "test" | "manual" | "plan" | "replay";

/** Code of an execution that waits for a person's approval: it made as many writes as its flow may make without. */
export const WRITE_LIMIT = "write-limit";

/** How the reason of an execution begins that waits until it is looked again whether a write took effect. */
export const FINDING_OUT = "Finding out whether";

/** What went wrong, as stored and shown. */
export interface StepError {
  kind: CardErrorKind;
  code: string;
  message: string;
  hint?: string;
  status?: number;
  field?: string[];
  /** ISO 8601: when the executor goes on with this card by itself. Absent where it gave up. */
  retryAt?: string;
  /** How often in a row the attempt was sent away before anything of it left, see sent-away.ts. Absent where it was not. */
  waits?: number;
  data?: JsonObject;
}

/** One value a write of a plan would change. */
export interface PlannedChange {
  field: string[];
  /** As it is; absent where there is nothing, or it could not be read. */
  before?: Json;
  /** Absent where only the system knows: the state a user is in after being activated. */
  after?: Json;
}

/** One HTTP exchange of a step, with secrets masked by the client that made it. */
export interface Exchange {
  method: string;
  /** Path and query below the connection's address. */
  path: string;
  requestBody?: string;
  /** Missing when no answer came. */
  status?: number;
  responseBody?: string;
  /** X-Okta-Request-Id. */
  requestId?: string;
  durationMs: number;
  at: string;
  /** In a plan: the call was not sent. What it would change, where the resource could be read. */
  held?: { changes: PlannedChange[] };
  /** Recorded before it left, by an attempt that did not come to record more: whether it left is not known. */
  leaving?: true;
  /** How many calls before this one are not kept: a step keeps its first and its last ones. */
  omitted?: number;
}

/** One attempt at a card: history for people and checkpoint for the executor. Unique by execution, path and attempt. */
export interface Step {
  /** Where in the flow: the card id; inside lanes `c5/each[3]/c7`. */
  path: string;
  /** From 1. */
  attempt: number;
  status: StepStatus;
  /** Way out taken; absent while running and where the branch ends. */
  exit?: string;
  /** Resolved inputs, secrets masked. */
  inputs?: JsonObject;
  outputs?: JsonObject;
  error?: StepError;
  exchanges?: Exchange[];
  /** Skipped steps: path of the card that decided it. Absent where nothing leads to the card or it was cancelled. */
  because?: string;
  /** An outcome that was unknown and then found out: by reading it back, or by a person who looked. */
  settled?: "readBack" | "person";
  /** Name of the person who said what had become of it, and gave the outputs there are. */
  settledBy?: string;
  /** ISO 8601. */
  startedAt: string;
  finishedAt?: string;
}

/** The state an execution is left in by a run of the engine. */
export type Ending =
  /** `ran` is false where a condition of the event card was not met, so that no further card ran; `reason` says which. */
  | { status: "succeeded"; ran?: false; reason?: string; result?: JsonObject }
  /** `call`: the flow its author wants called when this card fails, and what people call the card. */
  | { status: "failed"; error: StepError; path: string; call?: { flow: string; card: string } }
  | { status: "attention"; error: StepError; path: string }
  | { status: "cancelled" }
  /** `until` is ISO 8601. `path` names the card it waits for; absent where it only lets others run. */
  | { status: "waiting"; until: string; reason: string; path?: string };

/** What the engine needs to know about the execution it runs. */
export interface ExecutionRun {
  id: string;
  /** Fencing token of the claim: the store refuses writes of an older one. */
  fence: number;
  /** In a plan the ports must hold writes back; the engine refuses to run it with others. */
  mode: ExecutionMode;
  /** True when the claim knows that no step was ever recorded: saves asking the store for them. */
  fresh?: boolean;
  /** The event that started it, or the sample it is tried with. */
  trigger: JsonObject;
}
