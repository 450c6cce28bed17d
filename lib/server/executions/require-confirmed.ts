import { ApiProblem } from "../http/problem.ts";

/**
 * Makes sure that as many executions are meant as somebody has seen and confirmed.
 *
 * @param what what is to happen to them: "retried", "cancelled"
 * @throws ApiProblem conflict with the number there is
 */
export function requireConfirmed(found: number, confirmed: number, what: string): void {
  if (found === confirmed && found > 0) return;
  const there = found === 1 ? "1 execution matches" : `${found} executions match`;
  throw new ApiProblem("conflict", `${there} now, not ${confirmed}; none was ${what}.`, {
    hint: found === 0 ? "There is nothing left to do." : `Look again, and confirm ${found}.`,
  });
}
