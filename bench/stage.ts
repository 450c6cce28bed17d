import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Pool } from "pg";
import { prepareDatabase } from "../scripts/database/prepare-database.ts";
import { freePort } from "../scripts/free-port.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { buildConsole } from "../scripts/start/build-console.ts";
import { openInstallation } from "../scripts/start/installation.ts";
import { waitForHealth } from "../scripts/start/wait-for-health.ts";
import { type BenchApi, benchApi } from "./api.ts";
import { type Child, megabytesOf, startChild } from "./child.ts";

/** Everything that is measured, on a database of its own: web, workers, and a stub in the place of Okta. */
export interface Stage {
  pool: Pool;
  api: BenchApi;
  /** Where deliveries go, and what Okta sends along. */
  hook: { url: string; secret: string };
  stubUrl: string;
  /** How many users were suspended at the stub, and when the last one was. */
  suspended: () => Promise<{ count: number; lastAt: number }>;
  databaseUrl: string;
  connectionId: string;
  /** Starts or stops workers until there are so many. */
  setWorkers: (count: number) => Promise<void>;
  /** Memory in MB. */
  memory: () => { web: number; workers: number[] };
  close: () => Promise<void>;
}

/** Starts it all. Takes half a minute more when the console has yet to be built. */
export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), "flowdeck-bench-"));
  const port = await freePort();
  const source: NodeJS.ProcessEnv = {
    ...process.env,
    FLOWDECK_DATA_DIR: folder,
    PORT: String(port),
    HOST: "127.0.0.1",
    LOG_LEVEL: "warn",
    NODE_ENV: "production",
  };
  const installation = await openInstallation(source, () => undefined);
  await prepareDatabase(installation.database.url);
  await buildConsole(projectFolder, {
    print: (line) => console.log(line),
    signal: new AbortController().signal,
  });
  const { environment } = installation;
  const stub = await startChild(["bench/okta-stub.ts"], environment, /ready on (.*)/);
  // Loaded when the environment is complete: these modules read it.
  Object.assign(process.env, environment);
  const records = await import("./records.ts");
  const target = await records.prepareRecords(installation.database.url, stub.found);
  const workers: Child[] = [];
  const setWorkers = async (count: number) => {
    while (workers.length > count) await workers.pop()?.stop();
    while (workers.length < count) workers.push(await startChild(["worker/main.ts"], environment, /^ready/));
  };
  await setWorkers(1);
  const web = await startChild(["web/main.ts"], environment, /^ready/);
  const url = `http://127.0.0.1:${port}`;
  await waitForHealth(url, 60_000, new AbortController().signal);
  return {
    pool: target.pool,
    api: benchApi(url, target.token),
    hook: { url: `${url}/hooks/okta/${target.endpointId}`, secret: target.secret },
    stubUrl: stub.found,
    suspended: async () => (await fetch(`${stub.found}/bench/suspended`)).json(),
    databaseUrl: installation.database.url,
    connectionId: target.connectionId,
    setWorkers,
    memory: () => ({ web: megabytesOf(web.pid), workers: workers.map(({ pid }) => megabytesOf(pid)) }),
    close: async () => {
      await Promise.all([setWorkers(0), web.stop()]);
      await stub.stop();
      await target.close();
      await installation.database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
