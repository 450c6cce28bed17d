import { parseArgs } from "node:util";
import { readConfig } from "./config.ts";
import { startSandbox } from "./server.ts";

const USAGE = `Usage: npm run sandbox [-- --port 3001 --users 60]
Every other setting is a variable of the environment, see docs/sandbox.md. Stop it with Ctrl-C.`;

try {
  const values = readArguments();
  const config = readConfig({
    ...process.env,
    ...(values.users === undefined ? {} : { SANDBOX_USERS: values.users }),
    ...(values.port === undefined ? {} : { SANDBOX_PORT: values.port }),
  });
  const sandbox = await startSandbox(config);
  console.log(`Sandbox org ready on ${sandbox.url}`);
  // What a launcher reads stands in a log file afterwards, where no token belongs. Whoever starts this alone needs it.
  if (!process.env.FLOWDECK_LAUNCHER) console.log(`API token: ${sandbox.token}`);
  console.log(`What steers it: ${sandbox.url}/sandbox`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(String(error));
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

function readArguments(): { users?: string; port?: string } {
  try {
    return parseArgs({ options: { users: { type: "string" }, port: { type: "string" } } }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}
