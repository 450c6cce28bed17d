import type { testCard } from "#lib/api/catalog.ts";
import type { AnswerOf } from "#lib/api/client.ts";
import { isJsonObject } from "#lib/flow/json.ts";

type Result = Pick<AnswerOf<typeof testCard>, "outputs" | "exchanges">;

export interface RefusedAnswer {
  status: number;
  /** What the system said of it, in its own words. */
  message?: string;
  /** The answer as it was received, where it had a body and the outputs do not hold it. */
  body?: string;
}

/**
 * The refusal a card gives as an output: a card may take "not found" for an answer, so that the flow can go on with the
 * status. The step succeeded then, and yet what was asked for did not happen.
 */
export function refusedAnswer({ outputs, exchanges }: Result): RefusedAnswer | undefined {
  const status = outputs?.statusCode;
  if (typeof status !== "number" || status < 400) return undefined;
  const body = exchanges.findLast((each) => each.status === status)?.responseBody;
  const shown = isJsonObject(outputs?.rawBody) || typeof outputs?.rawBody === "string";
  return {
    status,
    message: body === undefined ? undefined : summaryIn(body),
    body: shown || body === "" ? undefined : body,
  };
}

/** Okta's errors say what is wrong in `errorSummary`; those of its OAuth endpoints in `error_description`. */
function summaryIn(body: string): string | undefined {
  try {
    const json: unknown = JSON.parse(body);
    if (!isJsonObject(json)) return undefined;
    return [json.errorSummary, json.error_description].find((text) => typeof text === "string");
  } catch {
    return undefined;
  }
}
