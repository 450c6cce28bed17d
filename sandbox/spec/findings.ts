import type { Exchange } from "../http/pipeline.ts";

/** One line for each exchange that something is wrong with: `POST /api/v1/users -> 200: /id must be string`. */
export function findings(
  exchanges: readonly Exchange[],
  problems: (exchange: Exchange) => readonly string[],
): string[] {
  return exchanges.flatMap((exchange) => {
    const found = problems(exchange);
    const { method, path, status } = exchange;
    return found.length === 0 ? [] : [`${method} ${path} -> ${status}: ${found.join("; ")}`];
  });
}
