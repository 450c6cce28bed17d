import type { z } from "zod";
import type { Json } from "../../flow/json.ts";
import { ApiProblem } from "../http/problem.ts";

interface ControlCall {
  method?: "GET" | "POST" | "PUT";
  /** Below /sandbox/, ids encoded. */
  path: string;
  body?: Json;
}

const TIMEOUT_MS = 10_000;

/**
 * Asks the control API of the sandbox org, which answers the machine it runs on.
 * @throws ApiProblem with the org's own sentence: bad-request, not-found, conflict; upstream-failed when it does not answer
 */
export async function sandboxControl<Schema extends z.ZodType>(
  orgUrl: string,
  schema: Schema,
  { method = "GET", path, body }: ControlCall,
): Promise<z.output<Schema>> {
  const response = await fetch(new URL(`/sandbox/${path}`, orgUrl), {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new ApiProblem(
      "upstream-failed",
      "The sandbox org does not answer.",
      { hint: "It starts with npm start; wait a moment and try again." },
      { cause },
    );
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(response.status, answer);
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ApiProblem(
    "upstream-failed",
    "The sandbox org answered what this console does not understand.",
    { hint: "Is it of the same version? Stop both and run npm start." },
    { cause: parsed.error },
  );
}

const CODES = { 400: "bad-request", 404: "not-found", 409: "conflict" } as const;

function refusal(status: number, answer: unknown): ApiProblem {
  const code = status === 400 || status === 404 || status === 409 ? CODES[status] : "upstream-failed";
  const said = typeof answer === "object" && answer !== null && "error" in answer ? answer.error : undefined;
  return new ApiProblem(code, typeof said === "string" ? said : `The sandbox org answered ${status}.`);
}
