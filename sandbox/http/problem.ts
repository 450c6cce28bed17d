/** HTTP status and summary per error code, as Okta's error catalogue (release 2026.08.1) lists them. */
const CATALOGUE = {
  E0000001: [400, "Api validation failed: {0}"],
  E0000002: [400, "The request was not valid: {0}"],
  E0000003: [400, "The request body was not well-formed."],
  E0000006: [403, "You do not have permission to perform the requested action"],
  E0000007: [404, "Not found: {0}"],
  E0000008: [404, "The requested path was not found"],
  E0000009: [500, "Internal Server Error"],
  E0000011: [401, "Invalid token provided"],
  E0000014: [403, "Update of credentials failed"],
  E0000016: [403, "Activation failed because the user is already active"],
  E0000017: [403, "Password reset failed"],
  E0000021: [400, "Bad request.  Accept and/or Content-Type headers likely do not match supported values."],
  E0000022: [405, "The endpoint does not support the provided HTTP method"],
  E0000028: [400, "The request is missing a required parameter."],
  E0000029: [400, "Invalid paging request."],
  E0000031: [400, "Invalid search criteria."],
  E0000032: [403, "Unlock is not allowed for this user."],
  E0000033: [400, "Bad request. Can't specify a search query and filter in the same request."],
  E0000034: [403, "Forgot password not allowed on specified user."],
  E0000035: [403, "Change password not allowed on specified user."],
  E0000036: [403, "Change recovery question not allowed on specified user."],
  E0000038: [403, "This operation is not allowed in the user's current status."],
  E0000041: [400, "Credentials should not be set on this resource based on the scheme."],
  E0000047: [429, "API call exceeded rate limit due to too many requests."],
  E0000052: [501, "Endpoint not implemented."],
  E0000053: [400, "Invalid SCIM filter."],
  E0000056: [403, "Delete application forbidden."],
  E0000060: [501, "Unsupported operation."],
  E0000075: [
    403,
    "Cannot modify the {0} attribute because it has a field mapping and profile push is enabled.",
  ],
  E0000087: [403, "The recovery question answer did not match our records."],
  E0000090: [409, "The role specified is already assigned to the user."],
  E0000093: [400, "Target count limit exceeded"],
  E0000124: [
    400,
    "Could not create user. To create a user and expire their password immediately, a password must be specified",
  ],
  E0000125: [
    400,
    'Could not create user. To create a user and expire their password immediately, "activate" must be true',
  ],
  E0000127: [409, "Invalid linked objection definition. {0}"],
  E0000181: [503, "Service temporarily unavailable."],
  E0000192: [400, "Roles cannot be granted to groups with group membership rules. {0}"],
  E0000193: [400, "Roles can only be granted to groups with 5000 or less users. {0}"],
  E0000211: [400, "Roles cannot be granted to built-in groups: {0}"],
  E0000231: [412, "ETag value doesn't match."],
} as const satisfies Record<string, readonly [number, string]>;

/** The error codes the sandbox org can answer. */
export type ProblemCode = keyof typeof CATALOGUE;

/** The error object of the Okta Management API. */
export interface ProblemBody {
  errorCode: string;
  errorSummary: string;
  errorLink: string;
  errorId: string;
  errorCauses: { errorSummary: string }[];
}

/** An answer that is an error. Handlers throw it; the pipeline turns it into the response. */
export class OktaProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly causes: string[];
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, summary: string, causes: string[], headers = {}) {
    super(summary);
    this.name = "OktaProblem";
    this.status = status;
    this.code = code;
    this.causes = causes;
    this.headers = headers;
  }
}

/** An answer that is an error but not Okta's error object: of the authorization server, or without a body. */
export class PlainProblem extends OktaProblem {
  readonly body: Record<string, string> | undefined;

  constructor(status: number, body: Record<string, string> | undefined, headers = {}) {
    super(status, "", body?.error_description ?? "", [], headers);
    this.name = "PlainProblem";
    this.body = body;
  }

  /** The fields of the body, none for an empty one. */
  fields(): Record<string, string> {
    return this.body ?? {};
  }
}

/** A catalogue error; `detail` fills the summary's placeholder. */
export function problem(code: ProblemCode, detail = "", causes: string[] = []): OktaProblem {
  const [status, summary] = CATALOGUE[code];
  return new OktaProblem(status, code, summary.replace("{0}", detail), causes);
}

/** 400 E0000001: `subject` names what failed validation, `causes` say why. */
export function invalid(subject: string, ...causes: string[]): OktaProblem {
  return problem("E0000001", subject, causes);
}

/** 404 E0000007 in the form real orgs answer, e.g. "Not found: Resource not found: 00u1 (User)". */
export function notFound(id: string, kind: string): OktaProblem {
  return problem("E0000007", `Resource not found: ${id} (${kind})`);
}

/** 501: Okta has this operation, the sandbox org does not. The summary is ours, so that nobody takes it for Okta's. */
export function notSimulated(what: string): OktaProblem {
  return new OktaProblem(501, "E0000052", `The sandbox org does not simulate ${what}.`, [
    "Real Okta supports it. What the sandbox org simulates is listed in docs/sandbox.md.",
  ]);
}

/** An error with an HTTP status the catalogue has no code for (a gateway's 411 and 413), in Okta's shape. */
export function gatewayProblem(status: number, summary: string): OktaProblem {
  return new OktaProblem(status, "E0000002", `The request was not valid: ${summary}`, []);
}

/** The JSON body of a problem. */
export function problemBody(error: OktaProblem, errorId: string): ProblemBody {
  return {
    errorCode: error.code,
    errorSummary: error.message,
    errorLink: error.code,
    errorId,
    errorCauses: error.causes.map((errorSummary) => ({ errorSummary })),
  };
}
