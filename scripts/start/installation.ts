import path from "node:path";
import { type LaunchEnv, readLaunchEnv } from "#lib/server/env/read-env.ts";
import { type OpenDatabase, openDatabase } from "../database/open-database.ts";
import { projectFolder } from "../project-folder.ts";
import { makeDataFolder } from "./data-folder.ts";
import { readOrCreateSecrets } from "./secrets-file.ts";

/** Everything a process of Flowdeck needs to run against this installation. */
export interface Installation {
  database: OpenDatabase;
  /** The complete environment for server processes (web, worker, seed, tools). Contains secrets: never print it. */
  environment: NodeJS.ProcessEnv;
  sandboxUrl: string;
}

/** What was set, and the data folder as an absolute path. */
export interface LaunchSettings {
  settings: LaunchEnv;
  dataFolder: string;
}

/**
 * Reads what was set from outside, and makes the data folder.
 *
 * @throws EnvironmentProblem when a variable is wrong, Problem when the data folder can't be written
 */
export function readSettings(source: NodeJS.ProcessEnv): LaunchSettings {
  const settings = readLaunchEnv(source);
  const dataFolder = path.resolve(projectFolder, settings.dataDir);
  makeDataFolder(dataFolder);
  return { settings, dataFolder };
}

/**
 * Opens the database and gathers the secrets of this installation. Close the database when done.
 * Commands that work on the data of an installation (seed, token) use it as well as `npm start`.
 *
 * @throws Problem when the database or the secrets cannot be used, EnvironmentProblem when a variable is wrong
 */
export async function openInstallation(
  source: NodeJS.ProcessEnv,
  notify: (message: string) => void,
): Promise<Installation> {
  const { settings, dataFolder } = readSettings(source);
  const secrets = await readOrCreateSecrets(dataFolder, source, notify);
  const database = await openDatabase({ databaseUrl: settings.databaseUrl, dataFolder });
  const sandboxUrl = settings.sandboxUrl ?? `http://127.0.0.1:${settings.sandboxPort}`;
  const environment = {
    ...source,
    ...secrets,
    DATABASE_URL: database.url,
    FLOWDECK_DATA_DIR: dataFolder,
    PORT: String(settings.port),
    HOST: settings.host,
    SANDBOX_PORT: String(settings.sandboxPort),
    SANDBOX_URL: sandboxUrl,
    FLOWDECK_ALLOW_LOOPBACK_ORGS: source.FLOWDECK_ALLOW_LOOPBACK_ORGS || "true",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  return { database, environment, sandboxUrl };
}
