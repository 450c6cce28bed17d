import { randomUUID } from "node:crypto";
import { database, openDatabase } from "../db/client.ts";
import { env } from "../env/env.ts";
import { clientOf } from "./client-of.ts";

// For tests, a process of its own: `node test-renewer.ts <connection id> <calls>`. Says `ready`, waits for a line, then
// calls the org so many times at once and prints each answer's status.
const [, , id = "", calls = "1"] = process.argv;
openDatabase({ url: env().databaseUrl, connections: 4, name: `renewer-${randomUUID()}` });
const connection = await database().prisma.connection.findUniqueOrThrow({ where: { id } });
const say = (text: unknown) => process.stdout.write(`${text}\n`);
say("ready");
process.stdin.once("data", async () => {
  const once = async () => {
    const call = { method: "GET", path: "/api/v1/users", query: { limit: 1 } } as const;
    return (await clientOf(connection).request(call)).status;
  };
  const answers = await Promise.allSettled(Array.from({ length: Number(calls) }, once));
  for (const answer of answers) say(answer.status === "fulfilled" ? answer.value : answer.reason);
  process.stdout.end(() => process.exit(0));
});
