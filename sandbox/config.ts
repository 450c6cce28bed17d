import { z } from "zod";

/** The API token every sandbox org accepts unless it is told another. It opens nothing but a simulation. */
export const DEMO_TOKEN = "00sandbox-demo-token-that-opens-no-real-org";
/** A token of an admin who may only look: every write with it is refused with E0000006. */
export const DEMO_READ_ONLY_TOKEN = "00sandbox-read-only-token-for-trying-403-00";

const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

/** 250,000 users take 540 MB of memory; what more would show is the memory of the machine. */
const MAX_USERS = 250_000;

const environment = z.object({
  SANDBOX_PORT: whole(0, 65535).default(3001),
  SANDBOX_HOST: z.string().min(1).default("127.0.0.1"),
  SANDBOX_TOKEN: z.string().min(8).default(DEMO_TOKEN),
  SANDBOX_READ_ONLY_TOKEN: z.string().min(8).default(DEMO_READ_ONLY_TOKEN),
  SANDBOX_ORG_URL: z.url({ protocol: /^https?$/ }).optional(),
  SANDBOX_STATE_FILE: z.string().min(1).optional(),
  SANDBOX_BATCH_WINDOW_MS: whole(0, 60_000).default(50),
  SANDBOX_RATE_LIMIT: whole(1, 1_000_000_000).default(600_000),
  SANDBOX_RATE_WINDOW_SECONDS: whole(1, 3600).default(60),
  SANDBOX_CONCURRENCY: whole(1, 100_000).optional(),
  SANDBOX_USERS: whole(1, MAX_USERS).optional(),
});

const advice: Record<string, string> = {
  SANDBOX_PORT: "a port number, 0 for any free one (default 3001)",
  SANDBOX_HOST: "the address to listen on (default 127.0.0.1)",
  SANDBOX_TOKEN: "the SSWS token of the super admin, 8 characters or more",
  SANDBOX_READ_ONLY_TOKEN: "the SSWS token of the read-only admin, 8 characters or more",
  SANDBOX_ORG_URL: "the http(s) address clients reach this org at, e.g. http://localhost:3001",
  SANDBOX_STATE_FILE: "the path of a JSON file that keeps the org across restarts",
  SANDBOX_BATCH_WINDOW_MS: "how long a hook delivery waits for more events, 0 to 60000 ms (default 50)",
  SANDBOX_RATE_LIMIT: "requests per window and rate bucket (default 600000)",
  SANDBOX_CONCURRENCY: "how many requests may be worked on at once (default any number)",
  SANDBOX_USERS: "how many users the org has at least, 1 to 250000 (default the 60 of the seed)",
  SANDBOX_RATE_WINDOW_SECONDS: "length of a rate window, 1 to 3600 s (default 60)",
};

/** What the process entry needs to start an org. */
export interface SandboxConfig {
  port: number;
  host: string;
  token: string;
  readOnlyToken: string;
  orgUrl?: string;
  stateFile?: string;
  batchWindowMs: number;
  rateLimit: number;
  rateWindowSeconds: number;
  concurrency?: number;
  users?: number;
}

/**
 * Reads the configuration from environment variables.
 * Throws an Error whose message names each variable that is wrong and what it should hold.
 */
export function readConfig(env: Record<string, string | undefined>): SandboxConfig {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `  ${name}: ${issue.message}. Set it to ${advice[name] ?? "a valid value"}.`;
    });
    throw new Error(`The sandbox org cannot start with this environment:\n${lines.join("\n")}`);
  }
  const value = parsed.data;
  return {
    port: value.SANDBOX_PORT,
    host: value.SANDBOX_HOST,
    token: value.SANDBOX_TOKEN,
    readOnlyToken: value.SANDBOX_READ_ONLY_TOKEN,
    batchWindowMs: value.SANDBOX_BATCH_WINDOW_MS,
    rateLimit: value.SANDBOX_RATE_LIMIT,
    rateWindowSeconds: value.SANDBOX_RATE_WINDOW_SECONDS,
    ...(value.SANDBOX_CONCURRENCY === undefined ? {} : { concurrency: value.SANDBOX_CONCURRENCY }),
    ...(value.SANDBOX_USERS === undefined ? {} : { users: value.SANDBOX_USERS }),
    ...(value.SANDBOX_ORG_URL ? { orgUrl: value.SANDBOX_ORG_URL.replace(/\/+$/, "") } : {}),
    ...(value.SANDBOX_STATE_FILE ? { stateFile: value.SANDBOX_STATE_FILE } : {}),
  };
}
