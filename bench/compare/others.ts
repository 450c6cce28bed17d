import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../scripts/free-port.ts";
import { startChild } from "../child.ts";
import { nodeRedFlow } from "./node-red-flow.ts";

/** The releases compared with. Installed into a folder that is removed afterwards: nothing of ours needs them. */
export const VERSIONS = { "@dbos-inc/dbos-sdk": "5.3.0", "node-red": "5.0.7" } as const;

/** Another product that runs the benchmark's flow, and where it takes deliveries. */
export interface Other {
  name: string;
  hook: { url: string; secret: string };
  close: () => Promise<void>;
}

/**
 * Installs and starts a DBOS program on a database beside ours.
 *
 * @param databaseUrl of the same server
 */
export async function startDbos(databaseUrl: string, stubUrl: string): Promise<Other> {
  const folder = await installed("@dbos-inc/dbos-sdk");
  const program = path.join(folder, "dbos-program.mjs");
  await copyFile(path.join(import.meta.dirname, "dbos-program.mjs"), program);
  const database = new URL(databaseUrl);
  database.pathname = "/bench_dbos";
  const port = await freePort();
  const environment = {
    ...process.env,
    DBOS_DATABASE_URL: database.href,
    STUB_URL: stubUrl,
    PORT: String(port),
  };
  const child = await startChild([program], environment, /^ready/);
  return other("DBOS", `http://127.0.0.1:${port}/`, child.stop, folder);
}

/** Installs and starts Node-RED with the flow. */
export async function startNodeRed(stubUrl: string): Promise<Other> {
  const folder = await installed("node-red");
  const flows = path.join(folder, "flows.json");
  await mkdir(path.join(folder, "data"));
  await writeFile(flows, JSON.stringify(nodeRedFlow(stubUrl)));
  const port = await freePort();
  const red = path.join(folder, "node_modules", "node-red", "red.js");
  const args = [red, "-u", path.join(folder, "data"), "-p", String(port), flows];
  const child = await startChild(args, process.env, /Started flows/);
  return other("Node-RED", `http://127.0.0.1:${port}/event`, child.stop, folder);
}

async function installed(name: keyof typeof VERSIONS): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "flowdeck-compare-"));
  await writeFile(path.join(folder, "package.json"), "{}");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["install", "--no-audit", "--no-fund", "--prefix", folder, `${name}@${VERSIONS[name]}`];
  await promisify(execFile)(npm, args, { cwd: folder });
  return folder;
}

function other(name: string, url: string, stop: () => Promise<void>, folder: string): Other {
  const close = async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { name, hook: { url, secret: "" }, close };
}
