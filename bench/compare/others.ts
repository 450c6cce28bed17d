import { copyFile, mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { freePort } from "../../scripts/free-port.ts";
import { startChild } from "../child.ts";
import { installed } from "./installed.ts";
import { nodeRedFlow } from "./node-red-flow.ts";

/** Another product that runs the benchmark's flow, and where it takes deliveries. */
export interface Other {
  name: string;
  hook: { url: string; secret: string };
  /** How much of the events it gets: a slow one fewer, or the run would be waiting for it. */
  share: number;
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
  return other("DBOS", `http://127.0.0.1:${port}/`, child.stop);
}

/** Installs and starts Node-RED with the flow. */
export async function startNodeRed(stubUrl: string): Promise<Other> {
  const folder = await installed("node-red");
  const data = await mkdtemp(path.join(folder, "data-"));
  const flows = path.join(data, "flows.json");
  await writeFile(flows, JSON.stringify(nodeRedFlow(stubUrl)));
  const port = await freePort();
  const red = path.join(folder, "node_modules", "node-red", "red.js");
  const child = await startChild([red, "-u", data, "-p", String(port), flows], process.env, /Started flows/);
  return other("Node-RED", `http://127.0.0.1:${port}/event`, child.stop);
}

function other(name: string, url: string, close: () => Promise<void>): Other {
  return { name, hook: { url, secret: "" }, share: 1, close };
}
