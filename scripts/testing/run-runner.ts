import { spawn } from "node:child_process";
import { projectFolder } from "../project-folder.ts";

/** Runs a test runner with its output on the terminal. @returns its exit code, undefined when a signal ended it */
export function runRunner(
  args: string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<number | undefined> {
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
    signal,
    killSignal: "SIGINT",
  });
  return new Promise((resolve) => {
    // After an abort "error" comes first; "close" follows when it has really ended.
    child.on("error", () => {});
    child.once("close", (code) => resolve(code ?? undefined));
  });
}
