import { errorAnswer } from "./error-answer.ts";
import { ApiProblem } from "./problem.ts";
import { reportFailure } from "./report-failure.ts";

/** The answer of an address of the API that does not exist. */
export function unknownRoute(request: Request): Response {
  const problem = new ApiProblem("not-found", "The API has no such address.", {
    hint: "GET /api/openapi.json lists all addresses.",
  });
  return errorAnswer(problem, `${request.method} unknown`, reportFailure);
}
