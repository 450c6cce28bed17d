import { CardError } from "../../cards/errors.ts";
import { isJsonObject, type Json } from "../../flow/json.ts";
import type { AuthorizationKind } from "./authorizer.ts";
import { retryAt } from "./rate-limit-wait.ts";

export interface FailedAnswer {
  status: number;
  headers: Record<string, string>;
  body: Json | undefined;
  /** "POST /api/v1/users", for the message. */
  call: string;
  now: number;
  auth: AuthorizationKind;
  /** OAuth scopes of the card that called, where a card did. */
  scopes?: readonly string[];
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
      hint: MENDING[answer.auth],
    });
  }
  const missing = status === 403 ? missingScopes(answer) : [];
  if (missing.length > 0) {
    return new CardError(`Okta refused: the connection lacks the scope ${missing.join(", ")}.`, {
      ...base,
      code: said.code ?? "insufficient_scope",
      kind: "forbidden",
      hint: grantHint(missing),
      data: { ...data, scopes: [...missing] },
    });
  }
  if (status === 403 && said.code === "E0000006") {
    return new CardError(said.summary ?? "Okta refused: the connection lacks a right for this call.", {
      ...base,
      kind: "forbidden",
      hint: roleHint(answer),
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
    // Okta says it twice: "Not found: Resource not found: 00u1 (User)".
    summary:
      typeof errorSummary === "string"
        ? errorSummary.replace(/^Not found: (?=Resource not found)/, "")
        : undefined,
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

/** What mends a connection whose credentials Okta no longer accepts. */
const MENDING: Record<AuthorizationKind, string> = {
  token: "Give the connection a new API token on the Connections page. What waits for it then goes on.",
  oauth: "Authorize the connection again on the Connections page. What waits for it then goes on.",
  service:
    "Check the app and its public key in Okta, then authorize the connection again on the Connections page.",
};

/** What an admin has to do so that a connection gets scopes it lacks. */
export function grantHint(scopes: readonly string[]): string {
  return `Grant ${scopes.join(", ")} to the app, then authorize again: in Okta, the app's tab Okta API Scopes; here, "Authorize again" on the Connections page.`;
}

/** A granted scope opens nothing its bearer has no admin role for. */
function roleHint({ auth, call, scopes = [] }: FailedAnswer): string {
  if (auth === "token") {
    return `The admin the API token belongs to lacks the role for ${call}. Use a token of an admin who has it.`;
  }
  const who = auth === "oauth" ? "The admin who authorized the connection" : "The app";
  const named = scopes.length > 0 ? ` and the app the scope ${scopes.join(", ")}` : "";
  return `${who} needs an admin role that covers ${call}${named}.`;
}

/**
 * The scopes a bearer token lacked: 403 with an empty body and `www-authenticate: Bearer … scope="…"`. Where the
 * challenge names none, those of the card.
 */
function missingScopes({ headers, scopes = [] }: FailedAnswer): readonly string[] {
  const challenge = headers["www-authenticate"] ?? "";
  if (!challenge.includes("insufficient_scope")) return [];
  const named = /scope="([^"]+)"/.exec(challenge)?.[1]?.split(" ").filter(Boolean) ?? [];
  return named.length > 0 ? named : scopes;
}
