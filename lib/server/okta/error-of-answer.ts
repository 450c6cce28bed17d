import { CardError } from "../../cards/errors.ts";
import { isJsonObject, type Json } from "../../flow/json.ts";
import { retryAt } from "./rate-limit-wait.ts";

export interface FailedAnswer {
  status: number;
  headers: Record<string, string>;
  body: Json | undefined;
  /** "POST /api/v1/users", for the message. */
  call: string;
  now: number;
}

/**
 * What a card throws for an answer that is not 2xx. Branches on Okta's error code and the status alone: Okta may
 * change its texts at any time.
 */
export function errorOfAnswer(answer: FailedAnswer): CardError {
  const { status, headers, body, now } = answer;
  const said = oktaError(body);
  const data = { ...(headers["x-okta-request-id"] ? { requestId: headers["x-okta-request-id"] } : {}) };
  const base = { status, code: said.code ?? `http-${status}`, data };
  if (status === 429) {
    return new CardError("Okta's rate limit for this kind of call is used up.", {
      ...base,
      kind: "rateLimited",
      retryAt: retryAt(headers, now),
    });
  }
  if (status === 401) {
    return new CardError("Okta no longer accepts this connection's credentials.", {
      ...base,
      kind: "unauthorized",
      hint: "Give the connection a new API token on the Connections page, then retry.",
    });
  }
  const scope = missingScope(headers);
  if (status === 403 && (scope !== undefined || said.code === "E0000006")) {
    return new CardError(said.summary ?? "Okta refused: the connection lacks a right for this call.", {
      ...base,
      kind: "forbidden",
      hint: scope
        ? `Grant the scope ${scope} to the connection's app in Okta, then retry.`
        : `The admin the API token belongs to lacks the role for ${answer.call}. Use a token of an admin who has it.`,
    });
  }
  // 501 is Okta's "unsupported operation" (E0000060), an answer like any other refusal; it will not go away.
  if (status >= 500 && status !== 501) {
    return new CardError(`Okta answered ${status}${said.summary ? `: ${said.summary}` : ""}.`, {
      ...base,
      kind: "unavailable",
      sent: true,
      hint: "Okta may be down; see status.okta.com.",
    });
  }
  return new CardError(sentence(said) ?? `Okta refused the call with status ${status}.`, {
    ...base,
    kind: "refused",
  });
}

interface OktaError {
  code?: string;
  summary?: string;
  causes: string[];
}

function oktaError(body: Json | undefined): OktaError {
  if (!isJsonObject(body)) return { causes: [] };
  const { errorCode, errorSummary, errorCauses } = body;
  const causes = Array.isArray(errorCauses) ? errorCauses : [];
  return {
    code: typeof errorCode === "string" ? errorCode : undefined,
    summary: typeof errorSummary === "string" ? errorSummary : undefined,
    causes: causes.flatMap((cause) =>
      isJsonObject(cause) && typeof cause.errorSummary === "string" ? [cause.errorSummary] : [],
    ),
  };
}

/**
 * Okta's own words, with its causes: "Api validation failed: login" alone tells an admin little. Causes that say the
 * summary once more are left out.
 */
function sentence({ summary, causes }: OktaError): string | undefined {
  if (!summary) return undefined;
  const more = causes.filter((cause) => !summary.includes(cause));
  return more.length > 0 ? `${summary} (${more.join("; ")})` : summary;
}

/** The scope a bearer token lacked: 403 with an empty body and `www-authenticate: Bearer … scope="…"`. */
function missingScope(headers: Record<string, string>): string | undefined {
  const challenge = headers["www-authenticate"] ?? "";
  if (!challenge.includes("insufficient_scope")) return undefined;
  return /scope="([^"]+)"/.exec(challenge)?.[1];
}
