import type { ServerResponse } from "node:http";
import type { Budget } from "./rate-limit.ts";
import type { Answer } from "./router.ts";

/** Headers every API response carries, whatever its status. */
export function standardHeaders(
  requestId: string,
  budget: Budget | null,
  now: number,
): Record<string, string> {
  return {
    date: new Date(now).toUTCString(), // of the org's clock, by which the reset is to be read
    "x-okta-request-id": requestId,
    "cache-control": "no-cache, no-store",
    ...(budget
      ? {
          "x-rate-limit-limit": String(budget.limit),
          "x-rate-limit-remaining": String(budget.remaining),
          "x-rate-limit-reset": String(budget.reset),
        }
      : {}),
  };
}

/**
 * Sends an answer. With `truncate` only half of the body leaves before the connection breaks,
 * though Content-Length promised all of it.
 */
export function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  headers: Record<string, string>,
  truncate = false,
): void {
  const text = answer.html ?? (answer.body === undefined ? "" : JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    ...headers,
    ...(text ? { "content-type": answer.html === undefined ? "application/json" : "text/html" } : {}),
    ...(answer.status === 204 ? {} : { "content-length": Buffer.byteLength(text) }),
    ...answer.headers,
  });
  if (!truncate || text === "") {
    response.end(text || undefined);
    return;
  }
  const half = Buffer.from(text).subarray(0, Math.floor(Buffer.byteLength(text) / 2));
  response.write(half, () => response.socket?.destroy());
}
