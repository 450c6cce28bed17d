import { readConfig } from "./config.ts";
import { startSandbox } from "./server.ts";

try {
  const config = readConfig(process.env);
  const sandbox = await startSandbox(config);
  console.log(`Sandbox org ready on ${sandbox.url}`);
  console.log(`API token: ${sandbox.token}`);
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
