import known from "./allowances.json" with { type: "json" };

/** Deviations of the real service from its own document, each with the reason it is let through. */
export interface Allowances {
  /** Statuses the document does not list. */
  statuses: readonly { operation: string; status: number; because: string }[];
  /** Findings in answers: `GET /api/v1/apps/{appId} /universalLogout must be object`. */
  answers: readonly { problems: readonly string[]; because: string }[];
  /** Findings in requests, written alike. */
  requests: readonly { problems: readonly string[]; because: string }[];
}

/** The deviations known, from allowances.json. */
export const knownAllowances: Allowances = known;
