import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { openInstallation, readSettings } from "../scripts/start/installation.ts";

/** What a benchmark needs to know of a running instance. */
export interface Target {
  url: string;
  /** Last part of the hook address of the connection to the sandbox org. */
  endpoint: string;
  /** What Okta sends along with each delivery. */
  secret: string;
  /** An API token that ends with the benchmark. */
  token: string;
  connection: string;
  user: string;
  group: string;
  /** Processes whose memory is told: launcher's children. */
  pids: number[];
}

/**
 * Finds out all a benchmark needs about the instance that `npm start` runs on this folder, and runs `work` with it.
 *
 * @throws Error when none is running, or it has no sandbox org
 */
export async function withThisInstance(work: (target: Target) => Promise<void>): Promise<void> {
  const settingsFile = path.join(projectFolder, ".env");
  if (existsSync(settingsFile)) process.loadEnvFile(settingsFile);
  const { dataFolder } = readSettings(process.env);
  const { address, pids } = runningInstance(path.join(dataFolder, "instance.json"));
  const installation = await openInstallation(process.env, () => undefined);
  // Loaded when the environment is complete: these modules read it.
  Object.assign(process.env, installation.environment, { LOG_LEVEL: "silent" });
  const [{ createDatabase }, { issueToken }, { hookSecret }] = await Promise.all([
    import("#lib/server/db/client.ts"),
    import("#lib/server/accounts/tokens.ts"),
    import("#lib/server/connections/hook.ts"),
  ]);
  const database = createDatabase({ url: installation.database.url, connections: 1, name: "flowdeck-bench" });
  const issued = await issueToken(database.prisma, "benchmark", "command line", "command line");
  try {
    const { connection, user, group, endpoint } = await findSandbox(address, issued.token);
    const secret = hookSecret(endpoint);
    await work({ url: address, token: issued.token, connection, user, group, endpoint, secret, pids });
  } finally {
    await database.prisma.apiToken.deleteMany({ where: { id: issued.id } });
    await database.close();
    await installation.database.close();
  }
}

function runningInstance(file: string): { address: string; pids: number[] } {
  try {
    const { address, children } = JSON.parse(readFileSync(file, "utf8"));
    return { address, pids: children.map((child: { pid: number }) => child.pid) };
  } catch (cause) {
    throw new Error("No instance is running on this folder. Run npm start in another terminal first.", {
      cause,
    });
  }
}

async function findSandbox(url: string, token: string) {
  const get = async (path: string) => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return response.json();
  };
  const { connections } = await get("/api/connections");
  const { connection, people, groups } = await get("/api/sandbox");
  const { intake } = connections.find(({ alias }: { alias: string }) => alias === connection);
  return {
    connection: String(connection),
    endpoint: String(intake.hookAddress).split("/").at(-1) ?? "",
    user: String(people.find(({ status }: { status: string }) => status === "ACTIVE").id),
    group: String(groups.find(({ type }: { type: string }) => type === "OKTA_GROUP").id),
  };
}
