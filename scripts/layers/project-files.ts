import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/**
 * The source files of the project: what git tracks, and new files it would track.
 *
 * @returns paths from the project folder, with forward slashes
 */
export function projectFiles(project: string): string[] {
  const git = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (git.status !== 0) throw new Error(`git ls-files failed: ${git.stderr ?? git.error?.message}`);
  const sources = git.stdout.split("\0").filter((file) => /\.(ts|tsx|mts|mjs|js)$/.test(file));
  // A file deleted but not yet committed is still listed.
  return sources.filter((file) => !file.endsWith(".d.ts") && existsSync(path.join(project, file)));
}
