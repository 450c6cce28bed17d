import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEnv } from "#lib/server/env/read-env.ts";
import { readOrCreateSecrets, secretsFile } from "./secrets-file.ts";

let folder: string;
let notices: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-secrets-"));
  notices = [];
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (given: Record<string, string> = {}) =>
  readOrCreateSecrets(folder, given, (message) => notices.push(message));
const mode = () => statSync(secretsFile(folder)).mode & 0o777;

test("generates what is missing once, in a file for this user alone", async () => {
  const first = await read();
  expect(mode()).toBe(0o600);
  expect(notices).toEqual([
    expect.stringContaining("Generated FLOWDECK_SECRET_KEY, BETTER_AUTH_SECRET, SANDBOX_TOKEN"),
  ]);
  expect(await read()).toEqual(first);
  expect(notices).toHaveLength(1);
});

test("generates what the server accepts", async () => {
  const read1 = readEnv({ ...(await read()), DATABASE_URL: "postgresql://localhost/flowdeck" });
  expect(read1.secretKey).toHaveLength(32);
  expect(read1.sandboxToken).toMatch(/^00[\w-]{40}$/);
});

test("never says or repeats a secret", async () => {
  const secrets = await read();
  for (const secret of Object.values(secrets)) expect(notices.join()).not.toContain(secret);
});

test("prefers what the environment sets, and does not write it down", async () => {
  const BETTER_AUTH_SECRET = "a secret from somewhere else, 32 or more";
  expect(await read({ BETTER_AUTH_SECRET })).toMatchObject({ BETTER_AUTH_SECRET });
  expect(readFileSync(secretsFile(folder), "utf8")).not.toContain("BETTER_AUTH_SECRET");
});

test("processes that start at once agree", async () => {
  const all = await Promise.all([read(), read(), read()]);
  expect(new Set(all.map((secrets) => JSON.stringify(secrets))).size).toBe(1);
});

test("adds what an older version did not know, and keeps the rest", async () => {
  const first = await read();
  writeFileSync(secretsFile(folder), `FLOWDECK_SECRET_KEY=${first.FLOWDECK_SECRET_KEY}\n`, { mode: 0o600 });
  const second = await read();
  expect(second.FLOWDECK_SECRET_KEY).toBe(first.FLOWDECK_SECRET_KEY);
  expect(second.SANDBOX_TOKEN).not.toBe(first.SANDBOX_TOKEN);
  expect(notices.at(-1)).toContain("Generated BETTER_AUTH_SECRET, SANDBOX_TOKEN");
});

test("closes a file others could read, and says so", async () => {
  const first = await read();
  chmodSync(secretsFile(folder), 0o644);
  expect(await read()).toEqual(first);
  expect(mode()).toBe(0o600);
  expect(notices.at(-1)).toContain("could be read by other users");
});
