import path from "node:path";
import type { Service } from "./supervise.ts";

/** With the waits between them about ten seconds of trying. */
const WEB_FAST_DEATHS = 5;

/** What the parts of Flowdeck are started with. */
export interface ServicePlan {
  project: string;
  environment: NodeJS.ProcessEnv;
  host: string;
  port: number;
  /** Reload on changes of the sources. */
  dev: boolean;
}

/** The sandbox org. It is told nothing of the database and the keys: it plays somebody else's computer. */
export function sandboxService(plan: ServicePlan): Service {
  const { DATABASE_URL, FLOWDECK_SECRET_KEY, BETTER_AUTH_SECRET, ...environment } = plan.environment;
  const stateFile = path.join(environment.FLOWDECK_DATA_DIR ?? ".data", "sandbox-org.json");
  return {
    name: "sandbox",
    args: [...watching(plan), "sandbox/main.ts"],
    cwd: plan.project,
    environment: {
      ...withMode(plan, environment),
      SANDBOX_STATE_FILE: environment.SANDBOX_STATE_FILE || stateFile,
    },
    announcesReady: true,
  };
}

/** The process that runs flows. */
export function workerService(plan: ServicePlan): Service {
  return {
    name: "worker",
    args: [...watching(plan), "worker/main.ts"],
    cwd: plan.project,
    environment: withMode(plan, plan.environment),
    announcesReady: true,
  };
}

/**
 * The console, its API and the address orgs deliver to. One that keeps dying ends the instance: a service manager notices
 * that, and would not notice a launcher that goes on trying for ever.
 */
export function webService(plan: ServicePlan): Service {
  const next = path.join("node_modules", "next", "dist", "bin", "next");
  return {
    name: "web",
    // While sources change, Next.js itself is the server: it starts anew when its configuration does.
    args: plan.dev ? [next, "dev", "-H", plan.host, "-p", String(plan.port)] : ["web/main.ts"],
    cwd: plan.project,
    environment: withMode(plan, plan.environment),
    announcesReady: false,
    fastDeaths: WEB_FAST_DEATHS,
  };
}

function watching(plan: ServicePlan): string[] {
  return plan.dev ? ["--watch", "--watch-preserve-output"] : [];
}

/**
 * Node keeps what it made of the sources: from the second start on a worker needs neither the time to take the types out
 * of them nor the compiler that does it, which alone holds 28 of its 129 MB.
 */
function withMode(plan: ServicePlan, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    NODE_COMPILE_CACHE: path.join(plan.project, "node_modules", ".cache", "node"),
    ...environment,
    NODE_ENV: plan.dev ? "development" : "production",
  };
}
