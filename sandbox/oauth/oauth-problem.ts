import { PlainProblem } from "../http/problem.ts";

/** An error of the authorization server: `{error, error_description}` instead of Okta's error object. */
export function oauthProblem(
  status: number,
  error: string,
  description: string,
  headers: Record<string, string> = {},
): PlainProblem {
  return new PlainProblem(status, { error, error_description: description }, headers);
}
