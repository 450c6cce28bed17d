import type { Exchange } from "../http/pipeline.ts";
import { startSandbox } from "../server.ts";
import { driveEverything } from "./drive.ts";

/** Calls every simulated operation of a sandbox org of its own. @returns what went over the wire, in order */
export async function recordEverything(): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const sandbox = await startSandbox({ record: (exchange) => exchanges.push(exchange) });
  try {
    await driveEverything(sandbox);
  } finally {
    await sandbox.close();
  }
  return exchanges;
}
