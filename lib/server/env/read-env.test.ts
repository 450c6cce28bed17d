import { describe, expect, test } from "vitest";
import { EnvironmentProblem } from "./environment-problem.ts";
import { type EnvSource, readEnv, readLaunchEnv } from "./read-env.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const complete: EnvSource = {
  DATABASE_URL: "postgresql://ann:secret@db.example.com/flowdeck",
  FLOWDECK_SECRET_KEY: key,
  BETTER_AUTH_SECRET: "a".repeat(32),
};

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof EnvironmentProblem) return error.problems;
    throw error;
  }
  return [];
}

const problemsWith = (changes: EnvSource) => problemsOf(() => readEnv({ ...complete, ...changes }));

describe("reading the environment", () => {
  test("fills in what is not set", () => {
    expect(readEnv(complete)).toEqual({
      port: 3000,
      host: "127.0.0.1",
      sandboxPort: 3001,
      publicUrl: undefined,
      consoleUrl: "http://localhost:3000",
      databaseUrl: complete.DATABASE_URL,
      dataDir: ".data",
      secretKey: Buffer.alloc(32, 7),
      authSecret: "a".repeat(32),
      allowLoopbackOrgs: false,
      sandboxUrl: undefined,
      sandboxToken: undefined,
      logLevel: "info",
      workerConcurrency: 32,
      callUnderWaySeconds: 60,
    });
  });

  test("takes an empty value for unset", () => {
    const read = readLaunchEnv({ PORT: "", DATABASE_URL: " ", PUBLIC_URL: "" });
    expect(read).toMatchObject({ port: 3000, databaseUrl: undefined, publicUrl: undefined });
  });

  test("names everything that is wrong at once, each with its fix", () => {
    const problems = problemsWith({ PORT: "http", LOG_LEVEL: "loud", WORKER_CONCURRENCY: "0" });
    expect(problems).toEqual([
      "PORT must be a whole number from 1 to 65535",
      "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent",
      "WORKER_CONCURRENCY must be a whole number from 1 to 200",
    ]);
  });

  test.each(["0", "65536", "3000.5", "-1", "0x10"])("refuses port %s", (PORT) => {
    expect(problemsWith({ PORT })).toHaveLength(1);
  });

  test("a server process needs database and secrets, a launching one does not", () => {
    expect(problemsOf(() => readLaunchEnv({}))).toEqual([]);
    expect(problemsOf(() => readEnv({})).map((line) => line.split(" ")[0])).toEqual([
      "DATABASE_URL",
      "FLOWDECK_SECRET_KEY",
      "BETTER_AUTH_SECRET",
    ]);
  });

  test.each([
    ["https://flows.example.com", "https://flows.example.com"],
    ["https://flows.example.com:8443/", "https://flows.example.com:8443"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://127.0.0.1:3000/", "http://127.0.0.1:3000"],
    ["http://[::1]:3000", "http://[::1]:3000"],
  ])("accepts PUBLIC_URL %s as %s", (PUBLIC_URL, origin) => {
    const read = readEnv({ ...complete, PUBLIC_URL });
    expect([read.publicUrl, read.consoleUrl]).toEqual([origin, origin]);
  });

  test.each([
    ["http://flows.example.com", "must begin with https://"],
    ["http://127.0.0.1.example.com", "must begin with https://"],
    ["flows.example.com", "must be a full address"],
    ["ftp://flows.example.com", "must be a full address"],
    ["https://flows.example.com/deck", "must end after the host name"],
    ["https://ann@flows.example.com", "must end after the host name"],
  ])("refuses PUBLIC_URL %s", (PUBLIC_URL, reason) => {
    expect(problemsWith({ PUBLIC_URL })).toEqual([expect.stringContaining(`PUBLIC_URL ${reason}`)]);
  });

  test.each(["mysql://host/db", "postgresql://host:5432", "postgres://h/d?schema=x", "host/db"])(
    "refuses DATABASE_URL %s",
    (DATABASE_URL) => {
      expect(problemsWith({ DATABASE_URL })).toEqual([expect.stringContaining("DATABASE_URL must ")]);
    },
  );

  test.each([["short"], [Buffer.alloc(31).toString("base64")], [Buffer.alloc(32).toString("hex")]])(
    "refuses the key %s without repeating it",
    (FLOWDECK_SECRET_KEY) => {
      const problems = problemsWith({ FLOWDECK_SECRET_KEY });
      expect(problems).toEqual([expect.stringContaining("32 bytes in base64")]);
      expect(problems.join()).not.toContain(FLOWDECK_SECRET_KEY);
    },
  );
});
