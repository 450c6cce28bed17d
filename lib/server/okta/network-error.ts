import { CardError } from "../../cards/errors.ts";
import { CONNECT_TIMEOUT } from "./http-exchange.ts";

/** Failures before the request left this machine: it certainly had no effect. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", CONNECT_TIMEOUT, "EHOSTUNREACH"]);

/** What a card throws when no answer came: kind "unavailable", and whether the request may have had an effect. */
export function networkError(thrown: unknown, host: string): CardError {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const code = codeOf(cause);
  if (thrown instanceof Error && thrown.name === "TimeoutError") {
    return new CardError(
      `${host} did not answer in time.`,
      { kind: "unavailable", code: "timeout", sent: true },
      { cause: thrown },
    );
  }
  const sent = !NOT_SENT.has(code);
  return new CardError(
    sent ? `The connection to ${host} broke before an answer came.` : `${host} can't be reached (${code}).`,
    { kind: "unavailable", code: code || "network", sent },
    { cause: thrown },
  );
}

function codeOf(cause: unknown): string {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return "";
  return typeof cause.code === "string" ? cause.code : "";
}
