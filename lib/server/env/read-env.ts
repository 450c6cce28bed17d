import { z } from "zod";
import { EnvironmentProblem } from "./environment-problem.ts";
import { variables } from "./variables.ts";

/** The variables a process is started with; `process.env` is one. */
export type EnvSource = Record<string, string | undefined>;

/** The environment as `npm start` finds it: what it generates itself may still be missing. */
export interface LaunchEnv {
  port: number;
  host: string;
  sandboxPort: number;
  /** Origin (no path) under which browsers and Okta reach the console. */
  publicUrl: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  /** 32 bytes. */
  secretKey: Buffer | undefined;
  authSecret: string | undefined;
  allowLoopbackOrgs: boolean;
  sandboxUrl: string | undefined;
  sandboxToken: string | undefined;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  workerConcurrency: number;
  /** How long a write may be under way, see `EngineLimits.underWayMs`. */
  callUnderWaySeconds: number;
  metricsToken: string | undefined;
  workerMetricsPort: number | undefined;
  otlpEndpoint: string | undefined;
}

/** The environment of the running server: the database and the secrets are there. */
export interface ServerEnv extends LaunchEnv {
  databaseUrl: string;
  secretKey: Buffer;
  authSecret: string;
  /** Origin under which a browser on this machine or, with PUBLIC_URL, anywhere reaches the console. */
  consoleUrl: string;
}

const schema = z.object(variables);

/**
 * Reads the environment before the database and the secrets exist.
 *
 * @throws EnvironmentProblem naming every variable that is wrong, and its fix
 */
export function readLaunchEnv(source: EnvSource): LaunchEnv {
  const result = schema.safeParse(source);
  if (!result.success) throw new EnvironmentProblem(result.error.issues.map(complaint));
  const values = result.data;
  return {
    port: values.PORT,
    host: values.HOST,
    sandboxPort: values.SANDBOX_PORT,
    publicUrl: values.PUBLIC_URL,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.FLOWDECK_DATA_DIR,
    secretKey: values.FLOWDECK_SECRET_KEY,
    authSecret: values.BETTER_AUTH_SECRET,
    allowLoopbackOrgs: values.FLOWDECK_ALLOW_LOOPBACK_ORGS,
    sandboxUrl: values.SANDBOX_URL,
    sandboxToken: values.SANDBOX_TOKEN,
    logLevel: values.LOG_LEVEL,
    workerConcurrency: values.WORKER_CONCURRENCY,
    callUnderWaySeconds: values.CALL_UNDER_WAY_SECONDS,
    metricsToken: values.METRICS_TOKEN,
    workerMetricsPort: values.WORKER_METRICS_PORT,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}

/**
 * Reads the environment of a server process, where everything must be there.
 *
 * @throws EnvironmentProblem naming every variable that is missing or wrong, and its fix
 */
export function readEnv(source: EnvSource): ServerEnv {
  const launch = readLaunchEnv(source);
  const { databaseUrl, secretKey, authSecret } = launch;
  if (databaseUrl === undefined || secretKey === undefined || authSecret === undefined) {
    throw new EnvironmentProblem(missing({ databaseUrl, secretKey, authSecret }));
  }
  const consoleUrl = launch.publicUrl ?? `http://localhost:${launch.port}`;
  return { ...launch, databaseUrl, secretKey, authSecret, consoleUrl };
}

function missing(values: Record<"databaseUrl" | "secretKey" | "authSecret", unknown>): string[] {
  const how = "is not set; `npm start` sets it, and a process started by hand needs it too";
  return [
    values.databaseUrl === undefined ? `DATABASE_URL ${how}` : "",
    values.secretKey === undefined ? `FLOWDECK_SECRET_KEY ${how}` : "",
    values.authSecret === undefined ? `BETTER_AUTH_SECRET ${how}` : "",
  ].filter((line) => line !== "");
}

/** Never repeats the value: it may be a secret. */
function complaint(issue: z.core.$ZodIssue): string {
  return `${issue.path.join(".")} ${issue.message}`;
}
