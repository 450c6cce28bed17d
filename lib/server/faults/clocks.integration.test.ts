import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { FaultRule } from "../../../sandbox/control/faults.ts";
import { chainOf, createUser, deleteUser, resetPassword, suspendUser } from "./test-documents.ts";
import { FaultStage, type Pair } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 120_000 });
let stage: FaultStage;
let web: TestWeb;

beforeAll(async () => {
  stage = await FaultStage.open();
  web = await stage.startWeb();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const CLOCKS = [
  ["right", 0],
  ["half a minute ahead", 30_000],
  ["a minute behind", -60_000],
] as const;

/** A worker whose clock is off by so much. */
async function startWorker(offsetMs: number): Promise<void> {
  const preload = new URL("./test-clock-offset.ts", import.meta.url).href;
  await stage.startWorker({ NODE_OPTIONS: `--import=${preload}`, CLOCK_OFFSET_MS: String(offsetMs) });
}

const once = (fault: FaultRule["fault"], method: string, pathPrefix: string): FaultRule => ({
  fault,
  method,
  pathPrefix,
  next: 1,
  ms: 0,
  concurrency: false,
  resetSeconds: 1,
});

async function pairs(count: number): Promise<Pair[]> {
  const given = await stage.pairs(count);
  if (given.length < count) throw new Error("There are too few active users.");
  return given;
}

const usersPath = (id = "") => `/api/v1/users/${id}`;
const stateOf = (id = "") => stage.base.sandbox.org.users.byId(id)?.status;
const loginOf = ({ name }: Pair) => `${name}@tests.example`;

/** Delivers events about the pairs and waits for the ends. @returns each execution's end and its last step's `settled` */
async function run(flowId: string, about: Pair[]) {
  expect(
    await stage.deliver(
      web,
      about.map((pair) => stage.eventAbout(pair)),
    ),
  ).toBe(204);
  expect(await violations(stage)).toEqual([]);
  const executions = await stage.executionsOf(flowId);
  return executions.map(({ status, steps }) => ({ status, settled: steps.at(-1)?.settled ?? null }));
}

describe.each(CLOCKS)("a write whose answer is lost while the worker's clock is %s", (_what, offset) => {
  test.each([
    ["Reset Password", resetPassword, "POST", "/lifecycle/reset_password", "RECOVERY"],
    ["Suspend User", suspendUser, "POST", "/lifecycle/suspend", "SUSPENDED"],
  ] as const)("is made once and found done: %s", async (_card, card, method, below, status) => {
    await startWorker(offset);
    const flow = await stage.listen(chainOf({ write: card }));
    const [pair] = await pairs(1);
    if (!pair) throw new Error("There is no pair.");
    const call = `${usersPath(pair.user)}${below}`;
    stage.base.sandbox.faults.set([once("reset-after", method, call)]);
    expect(await run(flow.id, [pair])).toEqual([{ status: "succeeded", settled: "readBack" }]);
    expect(stage.base.applied(`${method} ${call}`)).toBe(1);
    expect(stateOf(pair.user)).toBe(status);
  });

  test("leaves a user that was to be deleted deactivated, and asks a person", async () => {
    await startWorker(offset);
    const flow = await stage.listen(chainOf({ write: deleteUser }));
    const [pair] = await pairs(1);
    if (!pair) throw new Error("There is no pair.");
    stage.base.sandbox.faults.set([once("reset-after", "DELETE", usersPath(pair.user))]);
    expect(await run(flow.id, [pair])).toMatchObject([{ status: "attention" }]);
    expect(stateOf(pair.user)).toBe("DEPROVISIONED");
    expect(stage.base.applied(`DELETE ${usersPath(pair.user)}`)).toBe(1);
  });

  test("adopts the user it created", async () => {
    await startWorker(offset);
    const flow = await stage.listen(chainOf({ create: createUser }));
    const about = await pairs(1);
    stage.base.sandbox.faults.set([once("reset-after", "POST", "/api/v1/users")]);
    expect(await run(flow.id, about)).toEqual([{ status: "succeeded", settled: "readBack" }]);
    expect(about.map((pair) => stage.base.usersCalled(loginOf(pair)))).toEqual([1]);
  });

  test("does not adopt a user somebody else created twelve seconds before", async () => {
    await startWorker(offset);
    const flow = await stage.listen(chainOf({ create: createUser }));
    const about = await pairs(1);
    const foreign = await Promise.all(about.map((pair) => createForeign(loginOf(pair), 12_000)));
    stage.base.sandbox.faults.set([once("503", "POST", "/api/v1/users")]);
    expect(await run(flow.id, about)).toEqual([{ status: "failed", settled: null }]);
    const { users } = stage.base.sandbox.org;
    expect(about.map((pair) => users.find(loginOf(pair))?.id)).toEqual(foreign);
  });
});

/** Creates a user by another hand than a flow's, so long ago by the org's clock. @returns its id */
async function createForeign(login: string, agoMs: number): Promise<string> {
  const { sandbox } = stage.base;
  const answer = await fetch(`${sandbox.url}/api/v1/users`, {
    method: "POST",
    headers: { authorization: `SSWS ${sandbox.token}`, "content-type": "application/json" },
    body: JSON.stringify({ profile: { login, email: login, firstName: "Pat", lastName: "Foe" } }),
  });
  const { id } = (await answer.json()) as { id: string };
  const user = sandbox.org.users.byId(id);
  if (!user) throw new Error(`Creating ${login} was answered ${answer.status}.`);
  user.created = new Date(Date.now() - agoMs).toISOString();
  return id;
}
