import { CardError } from "../cards/errors.ts";
import { SETTING_LABELS } from "../flow/settings.ts";
import type { StepError } from "./execution.ts";

/** What a card's run threw, as the executor weighs it and as it is stored. */
export interface Failure {
  error: StepError;
  /** When the call may be sent again, milliseconds since 1970. */
  retryAt?: number;
  /** False when the request certainly had no effect. */
  sent: boolean;
}

/**
 * What was thrown, as data. Stacks, causes and classes stay behind: they help nobody on an execution's page and may
 * carry what a secret touched.
 * @param exchanged whether the client reported an exchange before the error
 */
export function failureOf(thrown: unknown, exchanged: boolean): Failure {
  if (!(thrown instanceof CardError)) {
    const message =
      thrown instanceof Error && thrown.message !== "" ? thrown.message : "The card gave no reason.";
    const hint = "This is a fault of Flowdeck, not of the flow. Please report it with this card's inputs.";
    return { error: { kind: "bug", code: "bug", message: storable(message), hint }, sent: exchanged };
  }
  const { retryAt, sent, ...facts } = thrown.details;
  const error: StepError = { ...facts, message: storable(thrown.message) };
  return {
    error,
    retryAt,
    sent: facts.kind === "unavailable" ? sent !== false : facts.kind === "bug" && exchanged,
  };
}

/** A sentence without NUL characters, which PostgreSQL's text can't hold and a hostile value may bring along. */
export function storable(text: string): string {
  return text.replaceAll("\u0000", "\uFFFD");
}

/** Code of an attempt whose worker died before it could tell the outcome. */
export const WORKER_LOST = "worker-lost";
/** Code of an execution that waits for a person to say what became of a write. */
export const OUTCOME_UNKNOWN = "outcome-unknown";
/** Code of an attempt whose outputs are more than a step may hold. */
export const OUTPUT_TOO_LARGE = "output-too-large";

/** Code of a card that read for longer than one may. */
export const TOOK_TOO_LONG = "took-too-long";
/** Code of a card that stopped reading because its execution was cancelled. */
export const CANCELLED = "cancelled";
/** Code of an execution whose outputs together are more than it may hold in memory. */
export const OUTPUTS_TOO_LARGE = "outputs-too-large";
/** Code of an attempt whose inputs are more than a step may be given. */
export const INPUT_TOO_LARGE = "input-too-large";
/** Code of an execution whose inputs together are more than is kept of one. */
export const INPUTS_TOO_LARGE = "inputs-too-large";
/** Code of an attempt whose outputs are nested deeper than anything can work with. */
export const OUTPUT_TOO_DEEP = "output-too-deep";

/** What ends a card that reads for longer than one may. */
export function tookTooLong(title: string, calls: number, maxMs: number): CardError {
  const minutes = Math.round(maxMs / 60_000);
  return new CardError(
    `"${title}" was stopped after ${calls} calls: a card reads for ${minutes} minutes at most.`,
    { kind: "refused", code: TOOK_TOO_LONG, hint: "Ask for less: a narrower search or a lower limit." },
  );
}

/**
 * What sends a card away in the middle of a long list when its worker stops: a wait like that for a rate limit, which costs
 * no try. Killed instead, the worker would count among those the flow took down.
 */
export function workerStops(title: string): CardError {
  const message = `"${title}" is read anew by another worker: this one stops.`;
  return new CardError(message, { kind: "rateLimited", code: "worker-stops" });
}

/** What ends a card between its calls when its execution is cancelled. Of a kind no card takes for an answer to its call. */
export function cancelledMeanwhile(title: string, calls: number): CardError {
  const message = `"${title}" stopped after ${calls} calls: the execution was cancelled.`;
  return new CardError(message, { kind: "rateLimited", code: CANCELLED });
}

/** What stops an execution that never comes to an end. */
export function tooManySteps(count: number, limit: number): StepError {
  return {
    kind: "refused",
    code: "too-many-steps",
    message: `The execution has ${count} steps; it was stopped at the limit of ${limit}.`,
    hint: "Split the flow, or find out why its cards are attempted so often.",
  };
}

/** Why the outcome of an attempt is not known when its worker is gone. */
export function workerLost(title: string): StepError {
  return {
    kind: "unavailable",
    code: WORKER_LOST,
    message: `The worker stopped while "${title}" was under way; whether it took effect was not recorded.`,
  };
}

/**
 * What a person is told who has to find out whether a write happened.
 * @param cause why it is not known
 * @param readBackError why it could not be read back, where that was tried
 */
export function outcomeUnknown(title: string, cause: StepError, readBackError?: StepError): StepError {
  // Here the outcome is known; what is missing are outputs to go on with.
  if (OUTPUT_CODES.includes(cause.code)) return cause;
  const tried = readBackError ? ` Reading it back failed: ${readBackError.message}` : "";
  return {
    kind: (readBackError ?? cause).kind,
    code: OUTCOME_UNKNOWN,
    message: `It is not known whether "${title}" took effect. ${cause.message}${tried}`,
    hint: "Nothing was sent again. Look in the connected system whether it happened, then say so here: done, or to be sent again.",
    status: (readBackError ?? cause).status,
    data: { ...cause.data, cause: cause.code },
  };
}

/** The trouble a card was waited for to pass, when it did not. */
export function waitedTooLong(error: StepError, limitMs: number): StepError {
  const days = Math.round(limitMs / 86_400_000);
  return {
    ...error,
    message: `${error.message} This was waited for ${days} days; the execution was stopped.`,
    hint: error.hint ?? "Retry it from the failed card once the trouble is over.",
  };
}

const OUTPUT_CODES = [OUTPUT_TOO_LARGE, OUTPUTS_TOO_LARGE, OUTPUT_TOO_DEEP];

/** Outputs that, with those of the cards before, are more than an execution may hold. */
export function outputsTooLarge(title: string, limit: number, wrote: boolean): Failure {
  const error: StepError = {
    kind: "refused",
    code: OUTPUTS_TOO_LARGE,
    message: `${wrote ? `"${title}" took effect, but with` : "With"} the outputs of "${title}" the execution would hold more than ${megabytes(limit)} MB; it was stopped.`,
    hint: "Read less with each card: a narrower search, a lower limit, or fewer fields.",
  };
  return { error, sent: wrote };
}

/** Outputs nested so deeply that working with them could overflow the stack of every later step. */
export function outputTooDeep(title: string, limit: number, wrote: boolean): Failure {
  const error: StepError = {
    kind: "refused",
    code: OUTPUT_TOO_DEEP,
    message: `${wrote ? `"${title}" took effect, but its outputs` : `The outputs of "${title}"`} are nested deeper than ${limit} levels.`,
    hint: "No system answers like this on purpose: look at what it was asked for.",
  };
  return { error, sent: wrote };
}

/** Outputs too large to be kept: the cards behind would have nothing to go on with after a crash. */
export function outputTooLarge(
  title: string,
  { bytes, limit, ofFlow }: { bytes: number; limit: number; ofFlow: boolean },
  wrote: boolean,
): Failure {
  const whose = ofFlow ? "a step of this flow" : "a step";
  const raise = ofFlow ? ` Or let the flow settings allow more: "${SETTING_LABELS.largestOutputs}".` : "";
  const effect = wrote ? `"${title}" took effect, but its outputs` : `The outputs of "${title}"`;
  const error: StepError = {
    kind: "refused",
    code: OUTPUT_TOO_LARGE,
    message: `${effect} are ${sizeText(bytes, limit)}; ${whose} keeps at most ${sizeText(limit, limit)}.`,
    hint: `Ask for less: a narrower search, a lower limit, or fewer fields.${raise}`,
  };
  return { error, sent: wrote };
}

const MAP_LESS =
  "Map less into this card: single fields instead of whole lists, or read less with the cards before.";

/** Inputs too large to be kept. */
export function inputTooLarge(title: string, limit: number): Failure {
  const error: StepError = {
    kind: "refused",
    code: INPUT_TOO_LARGE,
    message: `The inputs of "${title}" are more than ${megabytes(limit)} MB, which is what a step may be given; the card did not run.`,
    hint: MAP_LESS,
  };
  return { error, sent: false };
}

/** Inputs that, with those of the steps before, are more than is kept of an execution. */
export function inputsTooLarge(title: string, limit: number): Failure {
  const error: StepError = {
    kind: "refused",
    code: INPUTS_TOO_LARGE,
    message: `With the inputs of "${title}" those of all steps would be more than ${megabytes(limit)} MB, each attempt counted; the card did not run.`,
    hint: MAP_LESS,
  };
  return { error, sent: false };
}

/** In KB where the limit is small: 1,200 and 1,900 bytes are both 0.01 MB. */
function sizeText(bytes: number, limit: number): string {
  return limit < 1_000_000 ? `${Math.ceil(bytes / 10) / 100} KB` : `${megabytes(bytes)} MB`;
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 10_000) / 100;
}
