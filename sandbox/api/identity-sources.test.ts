import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;
let sessions: string;
let ahead = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => Date.now() + ahead });
  send = clientOf(sandbox);
  const source = [...sandbox.org.apps.values()].find((app) => app.label === "HR System");
  sessions = `/api/v1/identity-sources/${source?.id}/sessions`;
});
afterAll(() => sandbox.close());
beforeEach(() => {
  ahead += 25 * 3_600_000; // a session of the test before is idle for a day by then
});

async function open(): Promise<string> {
  const answer = await send("POST", sessions);
  expect([answer.status, answer.body.status]).toEqual([201, "CREATED"]);
  return `${sessions}/${String(answer.body.id)}`;
}
const row = (externalId: string, more: object = {}) => ({
  externalId,
  profile: {
    userName: `${externalId}@hr.example`,
    email: `${externalId}@hr.example`,
    firstName: "Ima",
    lastName: "Port",
    ...more,
  },
});
const upsert = (session: string, ...profiles: unknown[]) =>
  send("POST", `${session}/bulk-upsert`, { entityType: "USERS", profiles });
const statusOf = async (session: string) => (await send("GET", session)).body.status;
async function run(session: string): Promise<void> {
  const started = await send("POST", `${session}/start-import`);
  expect([started.status, started.body.status]).toEqual([200, "TRIGGERED"]);
  await vi.waitFor(async () => expect(await statusOf(session)).toBe("COMPLETED"), 20_000);
}
const user = (login: string) => sandbox.org.users.byLogin(`${login}@hr.example`);

describe("imports", () => {
  it("create, update and deactivate people, with their events", async () => {
    const first = await open();
    expect((await upsert(first, row("e1", { department: "Ops" }), row("e2"))).status).toBe(202);
    expect(await statusOf(first)).toBe("IN_PROGRESS");
    await run(first);
    expect(user("e1")).toMatchObject({ status: "PROVISIONED", profile: { department: "Ops" } });
    ahead += 6 * 60_000;
    const second = await open();
    await upsert(second, row("e1", { department: "Legal" }), row("e2"), row("bad", { email: "nope" }));
    await run(second);
    expect(user("e1")?.profile.department).toBe("Legal");
    const complete = sandbox.org.log.records.at(-1);
    expect(complete?.eventType).toBe("system.import.complete");
    expect(complete?.target?.[0]).toMatchObject({ type: "AppInstance", displayName: "HR System" });
    expect(complete?.debugData).toMatchObject({
      updatedObjects: "1",
      unchangedObjects: "1",
      errorObjects: "1",
    });
    ahead += 6 * 60_000;
    const third = await open();
    const profiles = [{ externalId: "e2" }, { externalId: "unknown" }];
    expect((await send("POST", `${third}/bulk-delete`, { entityType: "USERS", profiles })).status).toBe(202);
    await run(third);
    expect(user("e2")?.status).toBe("DEPROVISIONED");
  });

  it("have one open session, and five minutes of rest", async () => {
    const session = await open();
    expect((await send("POST", sessions)).status).toBe(400);
    expect((await send("GET", sessions)).list).toHaveLength(1);
    expect((await send("POST", `${session}/start-import`)).status).toBe(400);
    await upsert(session, row("e3"));
    await run(session);
    expect((await send("POST", sessions)).status).toBe(400);
    ahead += 5 * 60_000;
    expect((await send("POST", sessions)).status).toBe(201);
  });

  it("are closed only before they are triggered, and expire", async () => {
    const session = await open();
    expect((await send("DELETE", session)).status).toBe(204);
    expect(await statusOf(session)).toBe("CLOSED");
    const again = await send("DELETE", session);
    expect(again.body.errorCauses).toEqual([
      { errorSummary: "Only a session that is in CREATED or IN_PROGRESS status can be canceled." },
    ]);
    const idle = await open();
    ahead += 25 * 3_600_000;
    expect(await statusOf(idle)).toBe("EXPIRED");
  });

  it("refuse loads beyond the limits", async () => {
    const session = await open();
    const rows = Array.from({ length: 201 }, (_, at) => row(`r${at}`));
    expect((await upsert(session, ...rows)).status).toBe(400);
    expect((await upsert(session, row("big", { title: "x".repeat(200 * 1024) }))).status).toBe(400);
    expect((await upsert(session, row("n", { age: 5 }))).body.errorCode).toBe("E0000001");
    const wrong = await send("POST", `${session}/bulk-upsert`, {
      entityType: "GROUPS",
      profiles: [row("g")],
    });
    expect(wrong.body.errorSummary).toBe("Api validation failed: entityType");
    for (let load = 0; load < 50; load += 1)
      expect((await upsert(session, row(`l${load}`))).status).toBe(202);
    expect((await upsert(session, row("l50"))).status).toBe(400);
    expect((await send("GET", "/api/v1/identity-sources/none/sessions")).status).toBe(404);
  });
});
