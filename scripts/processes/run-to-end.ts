import { spawn } from "node:child_process";

/** How a program ended, and everything it said. */
export interface Outcome {
  /** Undefined when it was ended by a signal. */
  code: number | undefined;
  /** Standard output and error output, in the order they arrived. */
  output: string;
}

/**
 * Runs a script with the Node of this process and collects what it says.
 *
 * @param args the script and its arguments
 * @throws when it cannot be started, or `signal` ends it (the signal's reason)
 */
export async function runToEnd(
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<Outcome> {
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const said: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code: code ?? undefined, output: Buffer.concat(said).toString("utf8").trim() };
}
