import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sandboxService } from "./services.ts";
import { type SupervisedService, supervise } from "./supervise.ts";

const TOKEN = "00generated-for-this-instance-alone";
const project = path.resolve(import.meta.dirname, "../..");
let folder: string;
let service: SupervisedService | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-services-"));
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({
  ...process.env,
  FLOWDECK_LAUNCHER: "",
  FLOWDECK_DATA_DIR: folder,
  SANDBOX_PORT: "0",
  SANDBOX_TOKEN: TOKEN,
});

test("the sandbox org under the launcher prints no token, since what it prints is logged", async () => {
  const lines: string[] = [];
  const plan = { project, environment: environment(), host: "127.0.0.1", port: 0, dev: false };
  service = supervise(sandboxService(plan), {
    line: (_, text) => lines.push(text),
    notify: () => undefined,
    spawned: () => undefined,
  });
  await service.ready;
  await expect.poll(() => lines.join("\n")).toContain("What steers it");
  expect(lines.join("\n")).not.toContain(TOKEN);
});

test("the sandbox org started alone says which token opens it", async () => {
  const child = spawn(process.execPath, ["sandbox/main.ts"], {
    cwd: project,
    env: environment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith("What steers it")) throw new Error("No token was printed.");
      if (line === `API token: ${TOKEN}`) break;
    }
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
});
