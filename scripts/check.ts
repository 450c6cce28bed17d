// `npm run check`: everything CI looks at before the tests, side by side: format and lint, types, layers, documentation.
import { existsSync } from "node:fs";
import path from "node:path";
import { runToEnd } from "./processes/run-to-end.ts";
import { projectFolder } from "./project-folder.ts";

/** A check is a few scripts, run one after the other until one fails. */
interface Check {
  name: string;
  scripts: string[][];
  /** What repairs what it finds, where a command does. */
  repair?: string;
}

const installed = (...parts: string[]) => path.join("node_modules", ...parts);

const checks: Check[] = [
  {
    name: "format and lint",
    scripts: [[installed("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings", "."]],
    repair: "npx biome check --write .",
  },
  {
    name: "types",
    scripts: [
      // The types of routes and pages are generated.
      [installed("next", "dist", "bin", "next"), "typegen"],
      [installed("typescript", "bin", "tsc"), "--noEmit"],
    ],
  },
  { name: "layers", scripts: [["scripts/layers/main.ts"]] },
  ...(existsSync(path.join(projectFolder, "scripts/docs/main.ts"))
    ? [
        {
          name: "documentation",
          scripts: [["scripts/docs/main.ts", "--check"]],
          repair: "node scripts/docs/main.ts",
        },
      ]
    : []),
];

/** @returns whether the check passed */
async function runCheck({ name, scripts, repair }: Check): Promise<boolean> {
  const startedAt = performance.now();
  let output = "";
  let code: number | undefined = 0;
  for (const script of scripts) {
    const outcome = await runToEnd(script, {
      cwd: projectFolder,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    });
    code = outcome.code;
    output += `${outcome.output}\n`;
    if (code !== 0) break;
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? "✓" : "✗"} ${name} (${seconds} s)`);
  if (code === 0) return true;
  console.log(`${output.trim()}\n${repair === undefined ? "" : `To repair: ${repair}\n`}`);
  return false;
}

const results = await Promise.all(checks.map(runCheck));
process.exitCode = results.every(Boolean) ? 0 : 1;
