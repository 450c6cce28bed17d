// `node web/main.ts`: the console. Says `ready` when it answers. Next.js answers everything but the calls of hooks, which are many and must be fast.
import { startWeb } from "./start-web.ts";

try {
  const web = await startWeb();
  console.log("ready");
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      web.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
