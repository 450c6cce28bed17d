import { describe, expect, it } from "vitest";
import { DEMO_TOKEN, readConfig } from "./config.ts";

describe("readConfig", () => {
  it("has a default for everything", () => {
    expect(readConfig({})).toEqual({
      port: 3001,
      host: "127.0.0.1",
      token: DEMO_TOKEN,
      readOnlyToken: expect.any(String),
      batchWindowMs: 50,
      rateLimit: 600_000,
      rateWindowSeconds: 60,
    });
  });

  it("takes an empty variable for an unset one and trims the org address", () => {
    const config = readConfig({
      SANDBOX_PORT: "",
      SANDBOX_ORG_URL: "http://localhost:4000/",
      SANDBOX_STATE_FILE: "/tmp/x",
    });
    expect(config).toMatchObject({ port: 3001, orgUrl: "http://localhost:4000", stateFile: "/tmp/x" });
  });

  it.each([
    ["SANDBOX_PORT", "70000", "a port number"],
    ["SANDBOX_PORT", "many", "a port number"],
    ["SANDBOX_TOKEN", "short", "8 characters or more"],
    ["SANDBOX_ORG_URL", "localhost:3001", "the http(s) address"],
    ["SANDBOX_USERS", "1000000", "how many users"],
    ["SANDBOX_BATCH_WINDOW_MS", "-1", "how long a hook delivery waits"],
  ])("names %s=%s and the fix", (name, value, advice) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
    expect(() => readConfig({ [name]: value })).toThrow(advice);
  });
});
