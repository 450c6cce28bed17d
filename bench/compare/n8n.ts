import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Pool } from "pg";
import { freePort } from "../../scripts/free-port.ts";
import { startChild } from "../child.ts";
import { installed } from "./installed.ts";
import { N8N_FLOW, N8N_HOOK, n8nFlow } from "./n8n-flow.ts";
import type { Other } from "./others.ts";

/**
 * Where n8n evaluates expressions: each execution's in an isolate of its own (vm), as it comes; or in its own process
 * (legacy), as earlier releases did. That took a third of the CPU per execution when both were tried.
 */
export type N8nEngine = "vm" | "legacy";

const HOOK_WITHIN_MS = 60_000;

/** What it would look up or report elsewhere while it is measured. */
const QUIET = {
  N8N_DIAGNOSTICS_ENABLED: "false",
  N8N_VERSION_NOTIFICATIONS_ENABLED: "false",
  N8N_TEMPLATES_ENABLED: "false",
  N8N_PERSONALIZATION_ENABLED: "false",
  N8N_LICENSE_AUTO_RENEW_ENABLED: "false",
  N8N_DYNAMIC_BANNERS_ENABLED: "false",
  N8N_HIRING_BANNER_ENABLED: "false",
  N8N_DISABLED_MODULES: "community-packages,mcp-registry",
};

/**
 * Installs n8n and starts it in regular mode (one process; its queue mode needs Redis) with the flow published, on a
 * database beside ours. It keeps all executions, as it does by default, and gets ten connections instead of two.
 *
 * @param pool of an account that may make databases
 * @param databaseUrl of the same server
 * @throws Error when it can't be installed or started
 */
export async function startN8n(
  engine: N8nEngine,
  { pool, databaseUrl, stubUrl }: { pool: Pool; databaseUrl: string; stubUrl: string },
): Promise<Other> {
  const folder = await installed("n8n");
  const home = await mkdtemp(path.join(folder, "home-"));
  const flow = path.join(home, "flow.json");
  await writeFile(flow, JSON.stringify(n8nFlow(stubUrl)));
  const database = `bench_n8n_${engine}`;
  await pool.query(`create database ${database}`);
  const [port, brokerPort] = [await freePort(), await freePort()];
  const environment = {
    ...process.env,
    ...QUIET,
    ...connectTo(databaseUrl, database),
    N8N_EXPRESSION_ENGINE: engine,
    N8N_USER_FOLDER: home,
    N8N_LISTEN_ADDRESS: "127.0.0.1",
    N8N_PORT: String(port),
    N8N_RUNNERS_BROKER_PORT: String(brokerPort),
  };
  const program = path.join(folder, "node_modules", "n8n", "bin", "n8n");
  const command = (...args: string[]) =>
    promisify(execFile)(process.execPath, [program, ...args], { cwd: home, env: environment });
  await command("import:workflow", `--input=${flow}`);
  await command("publish:workflow", `--id=${N8N_FLOW}`);
  const { stop } = await startChild([program, "start"], environment, /^Editor is now accessible/);
  const hook = { url: `http://127.0.0.1:${port}${N8N_HOOK}`, secret: "" };
  try {
    await waitForHook(hook.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { name: engine === "vm" ? "n8n" : `n8n, ${engine} engine`, hook, share: 0.4, close: stop };
}

/** It publishes flows in the background, after it said that it is there. What may be sent, a browser would ask like this. */
async function waitForHook(url: string): Promise<void> {
  const deadline = Date.now() + HOOK_WITHIN_MS;
  const headers = { origin: url, "access-control-request-method": "POST" };
  for (;;) {
    const answer = await fetch(url, { method: "OPTIONS", headers });
    if (answer.headers.get("access-control-allow-methods")?.includes("POST")) return;
    if (Date.now() > deadline) throw new Error("n8n did not publish the flow.");
    await sleep(200);
  }
}

function connectTo(databaseUrl: string, database: string) {
  const { hostname, port, username, password } = new URL(databaseUrl);
  return {
    DB_TYPE: "postgresdb",
    DB_POSTGRESDB_HOST: hostname,
    DB_POSTGRESDB_PORT: port || "5432",
    DB_POSTGRESDB_USER: decodeURIComponent(username),
    DB_POSTGRESDB_PASSWORD: decodeURIComponent(password),
    DB_POSTGRESDB_DATABASE: database,
    DB_POSTGRESDB_POOL_SIZE: "10",
  };
}
