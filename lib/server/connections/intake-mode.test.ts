import { afterEach, expect, it, vi } from "vitest";

const connection = { endpointId: "abc", orgUrl: "https://acme.okta.com" };

afterEach(() => {
  vi.resetModules();
  vi.unstubAllEnvs();
});

/** The module as a console with this public address sees it. */
async function withPublicUrl(publicUrl: string) {
  const { stubServerEnv } = await import("../env/stub-server-env.ts");
  stubServerEnv({ PUBLIC_URL: publicUrl, PORT: "3100" });
  return import("./intake-mode.ts");
}

it("lets Okta call a console with a public address", async () => {
  const { intakeModeFor, hookAddress } = await withPublicUrl("https://flows.acme.com");
  expect(intakeModeFor(connection.orgUrl)).toMatchObject({ mode: "hook" });
  expect(hookAddress(connection)).toBe("https://flows.acme.com/hooks/okta/abc");
});

it("reads the log of an org that can't call the console, and says why", async () => {
  const { intakeModeFor } = await withPublicUrl("");
  const { mode, explanation } = intakeModeFor(connection.orgUrl);
  expect(mode).toBe("log");
  expect(explanation).toContain("PUBLIC_URL");
});

it("lets an org on this machine call the console, with and without a public address", async () => {
  const local = { ...connection, orgUrl: "http://127.0.0.1:3001" };
  for (const publicUrl of ["", "https://flows.acme.com"]) {
    const { intakeModeFor, hookAddress } = await withPublicUrl(publicUrl);
    expect(intakeModeFor(local.orgUrl).mode).toBe("hook");
    expect(hookAddress(local)).toBe("http://127.0.0.1:3100/hooks/okta/abc");
    vi.resetModules();
  }
});
