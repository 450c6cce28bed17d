import { API_ERROR_STATUS, type ApiErrorBody, type ApiErrorCode } from "../../api/errors.ts";

/**
 * An answer other than success, in words for the person who asked. Services throw it; `handle` sends it with the
 * status of its code. Never put secrets or the text of inner errors here.
 */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly body: ApiErrorBody;
  readonly headers: Record<string, string>;

  /**
   * @param message what happened, and where
   * @param more hint (what to do), issues, problems, current: see ApiErrorBody
   * @param options.headers sent along, for example retry-after; `cause` is kept for the log
   */
  constructor(
    code: ApiErrorCode,
    message: string,
    more: Omit<ApiErrorBody, "code" | "message"> = {},
    options: ErrorOptions & { headers?: Record<string, string> } = {},
  ) {
    super(message, options);
    this.body = { code, message, ...more };
    this.headers = options.headers ?? {};
  }

  get code(): ApiErrorCode {
    return this.body.code;
  }

  get status(): number {
    return API_ERROR_STATUS[this.body.code];
  }
}
