import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BulkRun } from "#lib/api/bulk.ts";
import type { Actor } from "../accounts/actor.ts";
import { getExecution } from "../executions/get-execution.ts";
import { listExecutions } from "../executions/list-executions.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { TestStage } from "../executor/test-stage.ts";
import { listFlows } from "../flows/edit-flow.ts";
import { ApiProblem } from "../http/problem.ts";
import { listBulkRows } from "./bulk-rows.ts";
import { getBulkRun, listBulkRuns } from "./bulk-view.ts";
import { findPeople } from "./find-people.ts";
import { previewBulk } from "./preview-bulk.ts";
import { startBulk } from "./start-bulk.ts";
import { stopBulk } from "./stop-bulk.ts";

const ann: Actor = { kind: "user", id: "u1", name: "Ann Lee", role: "owner" };
let stage: TestStage;
let group: string;

beforeAll(async () => {
  stage = await TestStage.open();
  group = [...stage.sandbox.org.groups.all()].find(({ profile }) => profile.name === "Contractors")?.id ?? "";
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const logins = (count: number) =>
  Array.from({ length: count }, (_, n) => `row${n}-${randomUUID().slice(0, 8)}@example.com`);

/** Create User over a list of logins: a write that must not happen twice, and shows when it does. */
function creating(people: string[], changes: Partial<Parameters<typeof startBulk>[1]> = {}) {
  return {
    id: randomUUID(),
    card: "okta.users.create",
    connection: "okta",
    options: {},
    inputs: { profile: { object: { lastName: { value: "Row" } } } },
    columns: [
      ["profile", "login"],
      ["profile", "email"],
      ["profile", "firstName"],
    ],
    rows: people.map((login, index) => ({ cells: [login, login, `Person ${index}`], line: index + 2 })),
    leaveOutInvalid: false,
    confirmWrites: people.length,
    ...changes,
  };
}

const adding = (user: string) => ({
  id: randomUUID(),
  card: "okta.groups.addUser",
  connection: "okta",
  options: {},
  inputs: { group: { value: group }, user: { value: user } },
  columns: [],
  rows: [{ cells: [], label: "Once" }],
  leaveOutInvalid: false,
  confirmWrites: 1,
});

async function until(id: string, done: (run: BulkRun) => boolean, withinMs = 60_000): Promise<BulkRun> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const run = await getBulkRun(ann, id);
    if (done(run)) return run;
    if (Date.now() > deadline) throw new Error(`The run stays ${JSON.stringify(run)}`);
    await sleep(50);
  }
}
const finished = (run: BulkRun) => run.status === "finished";
const created = () => stage.applied("POST /api/v1/users");

describe("running a card by hand", () => {
  it("runs 500 rows once each while its workers are killed", async () => {
    const people = logins(500);
    const before = created();
    const request = creating(people);
    const first = await stage.startWorker();
    await startBulk(ann, request);
    await until(request.id, ({ counts }) => (counts.succeeded ?? 0) > 60);
    await first.kill();
    const second = await stage.startWorker();
    await until(request.id, ({ counts }) => (counts.succeeded ?? 0) > 250);
    await second.kill();
    await stage.startWorker();
    const run = await until(request.id, finished);
    expect(run.counts).toEqual({ succeeded: 500 });
    expect(created() - before).toBe(500);
    for (const login of people) expect(stage.usersCalled(login)).toBe(1);
  }, 120_000);

  it("starts no more rows after a stop, and cancels those under way", async () => {
    const people = logins(300);
    const before = created();
    const request = creating(people);
    await stage.startWorker();
    await startBulk(ann, request);
    await until(request.id, ({ counts }) => (counts.succeeded ?? 0) > 30);
    await stopBulk(ann, request.id);
    const run = await until(request.id, ({ counts }) => !counts.queued && !counts.running && !counts.waiting);
    expect(run.status).toBe("stopped");
    const { succeeded = 0, cancelled = 0, leftOut = 0 } = run.counts;
    expect(succeeded + cancelled + leftOut).toBe(300);
    expect(leftOut).toBeGreaterThan(100);
    expect(created() - before).toBe(succeeded);
    const { items } = await listBulkRows(ann, request.id, { offset: 290, limit: 100 });
    expect(items.at(-1)).toMatchObject({
      position: 300,
      status: "leftOut",
      problem: "The run was stopped before this row was started.",
      executionId: null,
    });
    await expect(stopBulk(ann, request.id)).rejects.toThrow("This run has ended already");
  }, 120_000);

  it("makes one run of a double click", async () => {
    const person = logins(1);
    const request = creating(person);
    const before = created();
    await Promise.all([startBulk(ann, request), startBulk(ann, request), startBulk(ann, request)]);
    await startBulk(ann, request);
    await stage.startWorker();
    await until(request.id, finished);
    expect(created() - before).toBe(1);
    const entries = await stage.db.prisma.auditEntry.count({
      where: { action: "bulk.start", objectId: request.id },
    });
    expect(entries).toBe(1);
  }, 60_000);

  it("shows its executions by hand, and hides the flow they belong to", async () => {
    const user = [...stage.sandbox.org.users.all()][0]?.id ?? "";
    const request = adding(user);
    await startBulk(ann, request);
    await stage.startWorker();
    await until(request.id, finished);
    const { items } = await listBulkRows(ann, request.id, { offset: 0, limit: 10 });
    expect(items).toMatchObject([
      { position: 1, label: "Once", status: "succeeded", outputs: expect.anything() },
    ]);
    const execution = await getExecution(ann, items[0]?.executionId ?? "");
    expect(execution).toMatchObject({
      mode: "manual",
      bulkId: request.id,
      flow: { name: "Add User to Group" },
    });
    expect(execution.steps.map(({ path, status }) => [path, status])).toEqual([
      ["c1", "succeeded"],
      ["c2", "succeeded"],
    ]);
    const { items: listed } = await listExecutions(ann, { mode: "manual", limit: 200 });
    expect(listed.map(({ id }) => id)).toContain(execution.id);
    expect((await listFlows(ann)).flows).toEqual([]);
    expect((await listBulkRuns(ann, { limit: 20 })).items.map(({ id }) => id)).toContain(request.id);
    const again = await retryExecution(ann, execution.id, { from: "start", version: "same" });
    expect(await stage.outcome(again.executionId)).toMatchObject({ status: "succeeded", bulkId: request.id });
  }, 60_000);

  it("keeps a password sealed until it is sent", async () => {
    const [login = ""] = logins(1);
    const request = creating([login], {
      options: { option: "password" },
      inputs: {
        profile: { object: { lastName: { value: "Row" } } },
        password: { value: "Correct-Horse-99" },
      },
    });
    await startBulk(ann, request);
    const stored = await stage.db.pool.query(
      "select r::text || coalesce(e::text, '') as text from bulk_rows r left join executions e on e.id = r.execution_id where r.bulk_id = $1",
      [request.id],
    );
    expect(stored.rows[0].text).toContain("$sealed");
    expect(stored.rows[0].text).not.toContain("Correct-Horse-99");
    await stage.startWorker();
    expect((await until(request.id, finished)).counts).toEqual({ succeeded: 1 });
    const { items } = await listBulkRows(ann, request.id, { offset: 0, limit: 10 });
    expect(JSON.stringify([items, await getExecution(ann, items[0]?.executionId ?? "")])).not.toMatch(
      /Correct-Horse-99|\$sealed/,
    );
  }, 60_000);
});

describe("before a run", () => {
  it("says what each row would do, and changes nothing", async () => {
    const before = JSON.stringify(stage.sandbox.counters.json().applied);
    const { people } = await findPeople(ann, { connection: "okta", text: "ann" });
    const [first] = people;
    const preview = await previewBulk(ann, {
      card: "okta.users.update",
      connection: "okta",
      options: {},
      inputs: { profile: { object: { department: { value: "Night Shift" } } } },
      columns: [["user"]],
      rows: [{ cells: [first?.id ?? ""] }, { cells: [""], line: 3 }, { cells: ["nobody@example.com"] }],
    });
    expect(preview).toMatchObject({
      total: 3,
      ready: 2,
      effect: "write",
      invalidCount: 1,
      invalid: [{ position: 2, line: 3, problems: [expect.stringContaining("is required")] }],
    });
    expect(preview.sample[0]).toMatchObject({
      call: { method: "POST", path: `/api/v1/users/${first?.id}` },
      person: { name: first?.name, login: first?.login, status: first?.status },
      changes: [{ label: "Department", after: "Night Shift" }],
      warning: null,
    });
    expect(preview.sample[1]?.warning).toContain("nobody@example.com");
    expect(JSON.stringify(stage.sandbox.counters.json().applied)).toBe(before);
  });

  it("finds everybody an expression matches", async () => {
    const engineers = [...stage.sandbox.org.users.all()].filter(
      ({ profile }) => profile.department === "Engineering",
    );
    const found = await findPeople(ann, {
      connection: "okta",
      search: 'profile.department eq "Engineering"',
    });
    expect(found.next).toBeNull();
    expect(found.people.map(({ id }) => id).sort()).toEqual(engineers.map(({ id }) => id).sort());
    await expect(findPeople(ann, { connection: "okta", search: "nonsense" })).rejects.toThrow(ApiProblem);
  });

  it("starts nothing that is not confirmed for the very number, or has rows that can't run", async () => {
    const request = creating(logins(2));
    await expect(startBulk(ann, { ...request, confirmWrites: 1 })).rejects.toThrow("changes the org 2 times");
    const withBad = { ...request, rows: [...request.rows, { cells: ["", "", ""], line: 9 }] };
    await expect(startBulk(ann, withBad)).rejects.toThrow(/One row can't be started; the first is line 9/);
    await expect(startBulk(ann, { ...request, card: "core.if" })).rejects.toThrow("There is no action card");
    await expect(startBulk(ann, { ...request, connection: undefined })).rejects.toThrow("choose one");
    expect(await stage.db.prisma.bulkRun.count({ where: { id: request.id } })).toBe(0);
  });

  it("leaves bad rows out where it is told to, and says why", async () => {
    const request = creating(logins(2), { leaveOutInvalid: true });
    const rows = [...request.rows, { cells: ["", "", ""], line: 9 }];
    await startBulk(ann, { ...request, rows });
    await stage.startWorker();
    expect((await until(request.id, finished)).counts).toEqual({ succeeded: 2, leftOut: 1 });
    const { items } = await listBulkRows(ann, request.id, { offset: 0, limit: 10, status: "leftOut" });
    expect(items).toMatchObject([{ position: 3, problem: expect.stringContaining("is required") }]);
  }, 60_000);
});
