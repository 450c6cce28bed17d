import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { env } from "../env/env.ts";
import { ApiProblem } from "../http/problem.ts";

/**
 * The connection to the sandbox org that runs beside the console.
 * @throws ApiProblem not-found when the console runs without one
 */
export async function sandboxConnection(): Promise<Connection> {
  const { sandboxUrl } = env();
  const found =
    sandboxUrl === undefined
      ? null
      : await database().prisma.connection.findFirst({
          where: { orgUrl: new URL(sandboxUrl).origin },
          orderBy: { createdAt: "asc" },
        });
  if (found) return found;
  throw new ApiProblem("not-found", "This console is not connected to a sandbox org.", {
    hint: sandboxUrl
      ? `Connect it on the Connections page: ${sandboxUrl} with its API token.`
      : "Start the console with npm start, which brings one along.",
  });
}
