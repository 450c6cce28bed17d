import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Problem } from "../problem.ts";
import { withFolderLock } from "../processes/folder-lock.ts";
import { runToEnd } from "../processes/run-to-end.ts";

const SOURCES = ["app", "components", "lib", "public"];
const SOURCE_FILES = [
  "package-lock.json",
  "tsconfig.json",
  "instrumentation.ts",
  "instrumentation-node.ts",
  "proxy.ts",
];
const CONFIGURATION = /^(next|postcss)\.config\.\w+$/;
const NOT_BUILT = /\.(test\.tsx?|md)$/;
const STILL_BUILDING_MS = 10_000;

/**
 * Builds the console unless the build that is there was made from exactly these sources.
 *
 * @param options.print shows progress
 * @param options.signal ends the build early
 * @returns whether a build was made
 * @throws Problem with the compiler's words when it fails
 */
export function buildConsole(
  project: string,
  { print: notify, signal }: { print(line: string): void; signal: AbortSignal },
): Promise<boolean> {
  // Two instances of one clone (a test beside a running product) must not build over each other.
  return withFolderLock(path.join(project, "node_modules", ".cache", "flowdeck-build"), async () => {
    const stamp = path.join(project, ".next", "flowdeck-sources");
    const wanted = sourcesHash(project);
    if (existsSync(path.join(project, ".next", "BUILD_ID")) && readIfThere(stamp) === wanted) return false;
    const startedAt = Date.now();
    const seconds = () => Math.round((Date.now() - startedAt) / 1000);
    notify("Building the console (after a change of version, about half a minute) …");
    const timer = setInterval(() => notify(`… still building (${seconds()} s)`), STILL_BUILDING_MS);
    try {
      await runBuild(project, signal);
    } finally {
      clearInterval(timer);
    }
    writeFileSync(stamp, wanted);
    notify(`Console built in ${seconds()} s.`);
    return true;
  });
}

/** sha256 over everything the build is made from, the Node version and the public variables included. */
export function sourcesHash(project: string): string {
  const hash = createHash("sha256").update(process.version);
  const publicVariables = Object.entries(process.env).filter(([name]) => name.startsWith("NEXT_PUBLIC_"));
  hash.update(JSON.stringify(publicVariables.sort()));
  const configuration = readdirSync(project).filter((name) => CONFIGURATION.test(name));
  const files = [...SOURCE_FILES, ...configuration, ...SOURCES.flatMap((folder) => filesIn(project, folder))];
  for (const file of files.sort()) {
    const content = readIfThere(path.join(project, file));
    if (content !== undefined) hash.update(`${file}\0${content.length}\0${content}`);
  }
  return hash.digest("hex");
}

function filesIn(project: string, folder: string): string[] {
  if (!existsSync(path.join(project, folder))) return [];
  return readdirSync(path.join(project, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => !NOT_BUILT.test(file) && statSync(path.join(project, file)).isFile());
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

async function runBuild(project: string, signal: AbortSignal): Promise<void> {
  const next = path.join(project, "node_modules", "next", "dist", "bin", "next");
  const { code, output } = await runToEnd([next, "build"], {
    cwd: project,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    signal,
  });
  if (code === 0) return;
  throw new Problem(
    `The console could not be built:\n${output}`,
    /ENOSPC/.test(output)
      ? "The disk is full: free about 1 GB and start again."
      : "If you changed the sources, correct them; otherwise report this with the lines above.",
  );
}
