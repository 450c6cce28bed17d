import { z } from "zod";
import { UNDER_WAY_SECONDS } from "../../engine/limits.ts";

/** `FOO=` in a file or a container's settings means "not set", as everybody who writes it expects. */
const unsetWhenEmpty = (value: unknown) =>
  typeof value === "string" && value.trim() === "" ? undefined : value;

function variable<Schema extends z.ZodType>(about: string, schema: Schema) {
  return z.preprocess(unsetWhenEmpty, schema).describe(about);
}

const givenPort = z
  .string()
  .regex(/^\d+$/, "must be a whole number from 1 to 65535")
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, "must be a whole number from 1 to 65535");

const port = (fallback: number) => givenPort.default(fallback);

const onOff = z
  .enum(["true", "false"], "must be true or false")
  .transform((value) => value === "true")
  .default(false);

/** Names of this machine that never leave it. `localhost` is one by RFC 6761. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  return (
    host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)
  );
}

const databaseUrl = z.string().superRefine((value, context) => {
  const url = URL.parse(value);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    context.addIssue(
      "must look like postgresql://user:password@host:5432/database; percent-encode special characters",
    );
  } else if (url.searchParams.has("schema")) {
    context.addIssue("must not name a ?schema=; give Flowdeck a database of its own instead");
  } else if (url.pathname.length < 2) {
    context.addIssue("must name the database after the last slash, as in postgresql://host:5432/flowdeck");
  }
});

const publicUrl = z
  .string()
  .superRefine((value, context) => {
    const url = URL.parse(value);
    if (url === null || !/^https?:$/.test(url.protocol)) {
      context.addIssue("must be a full address, as in https://flows.example.com");
    } else if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
      context.addIssue(
        "must begin with https://; sign-in and Okta's deliveries are not sent over plain http",
      );
    } else if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "") {
      context.addIssue("must end after the host name (and port): no path, query or user name");
    }
  })
  .transform((value) => new URL(value).origin);

const localAddress = z.url({
  protocol: /^https?$/,
  error: "must be a full address, as in http://127.0.0.1:3001",
});

const secretKey = z
  .string()
  .refine(
    (value) => /^[A-Za-z0-9+/]{43}=$/.test(value),
    "must be 32 bytes in base64: make one with `openssl rand -base64 32`",
  )
  .transform((value) => Buffer.from(value, "base64"));

const authSecret = z
  .string()
  .min(32, "must be at least 32 characters long: make one with `openssl rand -base64 32`");

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** Everything that can be set from outside, by the name it has there. The descriptions are what the documentation prints. */
export const variables = {
  PORT: variable("Port of the console.", port(3000)),
  HOST: variable(
    "Address the console listens on. 0.0.0.0 = every network; then put a TLS proxy in front and set PUBLIC_URL.",
    z
      .string()
      .regex(/^[A-Za-z0-9.:-]+$/, "must be an address such as 127.0.0.1 or 0.0.0.0")
      .default("127.0.0.1"),
  ),
  SANDBOX_PORT: variable("Port of the sandbox org.", port(3001)),
  PUBLIC_URL: variable(
    "Address under which browsers and Okta reach the console. Unset: events are read from the System Log.",
    publicUrl.optional(),
  ),
  DATABASE_URL: variable(
    "PostgreSQL 14 or newer to use instead of the embedded one.",
    databaseUrl.optional(),
  ),
  FLOWDECK_DATA_DIR: variable(
    "Folder of the embedded database and the generated secrets.",
    z.string().default(".data"),
  ),
  FLOWDECK_SECRET_KEY: variable(
    "Key that encrypts the secrets of connections: 32 bytes in base64. Generated when unset.",
    secretKey.optional(),
  ),
  BETTER_AUTH_SECRET: variable(
    "Key that signs sessions, at least 32 characters. Generated when unset.",
    authSecret.optional(),
  ),
  FLOWDECK_ALLOW_LOOPBACK_ORGS: variable(
    "Accept org addresses on this machine without https. `npm start` turns it on for the sandbox org.",
    onOff,
  ),
  SANDBOX_URL: variable("Address of the sandbox org; set by `npm start`.", localAddress.optional()),
  SANDBOX_TOKEN: variable("API token of the sandbox org; set by `npm start`.", z.string().min(16).optional()),
  LOG_LEVEL: variable(
    `How much is logged: ${LOG_LEVELS.join(", ")}.`,
    z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  ),
  METRICS_TOKEN: variable(
    "Token that reads /metrics. Unset: only this machine may, and only while no other can reach the console.",
    z
      .string()
      .min(16, "must be at least 16 characters long: make one with `openssl rand -hex 24`")
      .optional(),
  ),
  WORKER_METRICS_PORT: variable(
    "Port on which a worker answers /metrics. Unset: none.",
    givenPort.optional(),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    "Where traces are sent (OTLP over HTTP), as in http://127.0.0.1:4318. Unset: no traces.",
    z.url({ protocol: /^https?$/, error: "must be a full address, as in http://127.0.0.1:4318" }).optional(),
  ),
  WORKER_CONCURRENCY: variable(
    "Executions one worker process runs at the same time.",
    z
      .string()
      .regex(/^\d+$/, "must be a whole number from 1 to 200")
      .transform(Number)
      .refine((value) => value >= 1 && value <= 200, "must be a whole number from 1 to 200")
      .default(32),
  ),
  CALL_UNDER_WAY_SECONDS: variable(
    "Seconds after which Okta can't be at a call any more whose answer was lost. A write not found done by then is sent again, or asked about.",
    z
      .string()
      .regex(/^\d+$/, "must be a whole number from 1 to 600")
      .transform(Number)
      .refine((value) => value >= 1 && value <= 600, "must be a whole number from 1 to 600")
      .default(UNDER_WAY_SECONDS),
  ),
};
