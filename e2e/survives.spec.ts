import { readFileSync } from "node:fs";
import path from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { greeting } from "./support/documents.ts";
import { needed } from "./support/needed.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

// The parts of the running instance are killed with no warning; whoever started it starts them again.
const RECOVERED = { timeout: 45_000 };

const dataFile = (...names: string[]) => path.join(needed("FLOWDECK_DATA_DIR"), ...names);

/** The process of the console's server. Launcher and console run on this machine. */
function webPid(): number | undefined {
  const { children } = JSON.parse(readFileSync(dataFile("instance.json"), "utf8"));
  const pids: number[] = children.map(({ pid }: { pid: number }) => pid);
  return pids.find((pid) => /web\/main\.ts|next\b/.test(titleOf(pid)));
}

function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

function databasePid(): number {
  try {
    return Number(readFileSync(dataFile("postgres", "data", "postmaster.pid"), "utf8").split("\n")[0]);
  } catch {
    return 0;
  }
}

/** 0 where nobody answers. */
async function health(program: APIRequestContext): Promise<number> {
  try {
    return (await program.get("/api/health", { timeout: 2_000 })).status();
  } catch {
    return 0;
  }
}

test("the web server is killed: it is back by itself, with everything it had answered", async ({
  program,
  api,
  flows,
}) => {
  const flow = await flows.draft(greeting(unique("Outlives the console"), "Hello"));
  const killed = webPid();
  if (killed === undefined) throw new Error("The console's process is not in instance.json.");
  process.kill(killed, "SIGKILL");
  await expect.poll(webPid, RECOVERED).not.toBe(killed);
  await expect.poll(() => health(program), RECOVERED).toBe(200);
  expect((await api.flow(flow.id)).name).toBe(flow.name);
});

test("the database is killed: it is back at the same address, and flows run on", async ({
  program,
  api,
  flows,
  sandbox,
}) => {
  const team = await sandbox.createGroup();
  const person = await sandbox.createPerson();
  const flow = await flows.live(greeting(unique("Outlives the database"), "Hello"));
  const killed = databasePid();
  // To the system 0 means this process and all beside it.
  if (killed === 0) throw new Error("The instance has no embedded database that runs.");
  process.kill(killed, "SIGKILL");
  await expect.poll(() => [0, killed].includes(databasePid()), RECOVERED).toBe(false);
  await expect.poll(() => health(program), RECOVERED).toBe(200);
  await sandbox.addToGroup(person, team);
  await expect
    .poll(async () => (await api.executions(flow.id)).items.map(({ subject }) => subject), RECOVERED)
    .toContainEqual(expect.stringContaining(person.name));
});
