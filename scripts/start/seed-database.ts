import { existsSync } from "node:fs";
import path from "node:path";
import { Problem } from "../problem.ts";
import { runToEnd } from "../processes/run-to-end.ts";
import type { ServicePlan } from "./services.ts";

/**
 * Puts the example flows and the connection to the sandbox org into a database that lacks them. Running it again
 * changes nothing.
 *
 * @throws Problem with the script's words when it fails
 */
export async function seedDatabase(plan: ServicePlan, signal: AbortSignal): Promise<void> {
  if (!existsSync(path.join(plan.project, "prisma", "seed.ts"))) return;
  const { project: cwd, environment: env } = plan;
  const { code, output } = await runToEnd(["prisma/seed.ts"], { cwd, env, signal });
  if (code === 0) return;
  throw new Problem(
    `The example flows could not be set up (prisma/seed.ts ended with exit code ${code}):\n${output}`,
    "If you changed the sources, correct them; otherwise report this with the lines above.",
  );
}
