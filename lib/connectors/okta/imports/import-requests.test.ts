import { describe, expect, it } from "vitest";
import { CardError } from "../../../cards/errors.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { runOktaCard } from "../test-okta-card.ts";
import { notFound } from "../test-okta-client.ts";
import { get, post, type RequestCase, testRequests } from "../test-requests.ts";
import { bulkUserImport } from "./bulk-user-import.ts";
import { SAMPLE_OKTA_SESSION, SAMPLE_SESSION_ID } from "./import-fields.ts";
import {
  createImportSession,
  deleteImportSession,
  listImportSessions,
  readImportSession,
  triggerImportSession,
} from "./import-sessions.ts";
import { mapProfileSourceAttributes } from "./map-profile-source-attributes.ts";

const at = { application: "0oa1", session: "aps1" };
const session = { body: SAMPLE_OKTA_SESSION };
const SESSIONS = "/api/v1/identity-sources/0oa1/sessions";

const IMPORTS: RequestCase[] = [
  {
    name: "Create Import Session",
    card: createImportSession,
    inputs: { application: "0oa1" },
    // The specification says 200, real orgs answer 201.
    answer: { ...session, status: 201 },
    request: post(SESSIONS),
    outputs: { id: SAMPLE_SESSION_ID, status: "CREATED", importType: "INCREMENTAL" },
  },
  {
    name: "List Import Sessions",
    card: listImportSessions,
    inputs: { application: "0oa1" },
    answer: { body: [SAMPLE_OKTA_SESSION] },
    request: get(SESSIONS),
    outputs: { sessions: [{ id: SAMPLE_SESSION_ID }] },
  },
  {
    name: "Read Import Session",
    card: readImportSession,
    inputs: at,
    answer: session,
    request: get(`${SESSIONS}/aps1`),
    outputs: { application: SAMPLE_OKTA_SESSION.identitySourceId ?? null },
  },
  {
    name: "Trigger Import Session",
    card: triggerImportSession,
    inputs: at,
    answer: { body: { ...SAMPLE_OKTA_SESSION, status: "TRIGGERED" } },
    request: post(`${SESSIONS}/aps1/start-import`),
    outputs: { status: "TRIGGERED" },
  },
  {
    name: "Delete Import Session",
    card: deleteImportSession,
    inputs: at,
    answer: { status: 204 },
    request: { method: "DELETE", path: `${SESSIONS}/aps1` },
    outputs: { statusCode: 204 },
  },
  {
    name: "Bulk User Import, create and update",
    card: bulkUserImport,
    inputs: {
      ...at,
      users: [
        {
          externalId: 7,
          profile: { userName: "a@b.c", lastName: "", badge: 12, remote: false, tags: ["x"] },
        },
      ],
    },
    answer: { status: 202 },
    request: post(`${SESSIONS}/aps1/bulk-upsert`, {
      body: {
        entityType: "USERS",
        profiles: [
          { externalId: "7", profile: { userName: "a@b.c", badge: "12", remote: "false", tags: '["x"]' } },
        ],
      },
    }),
    outputs: { recordsImported: 1 },
  },
  {
    name: "Bulk User Import, deactivate and delete",
    card: bulkUserImport,
    options: { importOperation: "delete" },
    inputs: { ...at, users: [{ externalId: "HR-1", profile: { email: "a@b.c" } }] },
    answer: { status: 202 },
    request: post(`${SESSIONS}/aps1/bulk-delete`, {
      body: { entityType: "USERS", profiles: [{ externalId: "HR-1" }] },
    }),
  },
  {
    name: "Bulk User Import of nobody asks nothing",
    card: bulkUserImport,
    inputs: { ...at, users: [] },
    request: [],
    outputs: { recordsImported: 0 },
  },
  {
    name: "Map Profile Source Attributes, by the names of the rows",
    card: mapProfileSourceAttributes,
    inputs: {
      application: "0oa1",
      externalIdKey: "employeeId",
      users: [{ employeeId: 2001, userName: "a@b.c", floor: 3, remote: true, left: null }],
    },
    request: [],
    outputs: { users: [{ externalId: "2001", profile: { userName: "a@b.c", floor: "3", remote: "true" } }] },
  },
  {
    name: "Map Profile Source Attributes, by chosen keys",
    card: mapProfileSourceAttributes,
    inputs: {
      application: "0oa1",
      attributes: { userName: "mail", badge: "badge_no", mobilePhone: "" },
      users: [{ externalId: "HR-1", mail: "a@b.c", badge_no: 7, ignored: "x" }, { externalId: "HR-2" }],
    },
    request: [],
    outputs: {
      users: [
        { externalId: "HR-1", profile: { userName: "a@b.c", badge: "7" } },
        { externalId: "HR-2", profile: {} },
      ],
    },
  },
  {
    name: "Map Profile Source Attributes, to deactivate and delete",
    card: mapProfileSourceAttributes,
    options: { importOperation: "delete" },
    inputs: { application: "0oa1", users: [{ externalId: "HR-1", userName: "a@b.c" }] },
    request: [],
    outputs: { users: [{ externalId: "HR-1" }] },
  },
];

describe("what the import cards ask of Okta", () => testRequests(IMPORTS, "okta.imports."));

describe("Bulk User Import", () => {
  const users = (count: number, more: JsonObject = {}): JsonObject[] =>
    Array.from({ length: count }, (_, index) => ({ externalId: `HR-${index}`, profile: more }));
  const sizes = async (inputs: JsonObject) => {
    const { outputs, requests } = await runOktaCard(bulkUserImport, { inputs: { ...at, ...inputs } });
    return { outputs, sent: requests.map(({ body }) => (body as { profiles: unknown[] }).profiles.length) };
  };
  const refused = (inputs: JsonObject) =>
    expect(runOktaCard(bulkUserImport, { inputs: { ...at, ...inputs } })).rejects;

  it("sends 200 users per request, or fewer where the admin says so", async () => {
    expect(await sizes({ users: users(450) })).toEqual({
      outputs: { recordsImported: 450, statusCode: 200, rawBody: null },
      sent: [200, 200, 50],
    });
    expect((await sizes({ users: users(5), usersPerPage: 2 })).sent).toEqual([2, 2, 1]);
  });

  it("sends no request of more than 200 KB, counting bytes", async () => {
    const { requests } = await runOktaCard(bulkUserImport, {
      inputs: { ...at, users: users(10, { notes: "é".repeat(30_000) }) },
    });
    const bytes = requests.map(({ body }) => new TextEncoder().encode(JSON.stringify(body)).length);
    expect(bytes).toHaveLength(4);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(200_000);
  });

  it.each([0, -1, 1.5, 201])("refuses %d users per page", async (usersPerPage) => {
    await refused({ users: users(1), usersPerPage }).toMatchObject({ details: { field: ["usersPerPage"] } });
  });

  it("refuses more than a session takes, before anything is sent", async () => {
    await refused({ users: users(51), usersPerPage: 1 }).toMatchObject({ details: { code: "out-of-range" } });
    await refused({ users: users(10_001) }).toMatchObject({ details: { field: ["users"] } });
  });

  it.each([
    ["without an external id", { profile: {} }],
    ["with a blank one", { externalId: " " }],
    ["with one of more than 512 characters", { externalId: "x".repeat(513) }],
    ["of more than 200 KB", { externalId: "HR-1", profile: { notes: "x".repeat(200_000) } }],
  ])("refuses a user %s, naming it", async (_, user) => {
    await refused({ users: [{ externalId: "HR-0" }, user] }).toMatchObject({
      message: expect.stringMatching(/^User 2 of the list /),
      details: { field: ["users", "1"] },
    });
  });
});

describe("Map Profile Source Attributes", () => {
  const run = (users: JsonObject[]) =>
    runOktaCard(mapProfileSourceAttributes, { inputs: { application: "0oa1", users } });

  it("refuses a row without an external id, naming it", async () => {
    await expect(run([{ externalId: "1" }, { name: "Ann" }])).rejects.toMatchObject({
      message: 'Row 2 has no external id under the key "externalId".',
    });
  });

  it("refuses more rows than a session takes", async () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => ({ externalId: index + 1 }));
    await expect(run(rows)).rejects.toMatchObject({ details: { code: "out-of-range" } });
  });
});

describe("import sessions read back", () => {
  /** The lost attempt began at 09:00:00. */
  const now = new Date("2026-11-21T09:00:00.000Z");
  const AFTER = "2026-11-21T09:00:01.000Z";
  const as = (status: string, created = AFTER): JsonObject => ({ ...SAMPLE_OKTA_SESSION, status, created });

  it("a new session opened since the attempt as its own", async () => {
    const readBack = async (...sessions: JsonObject[]) => {
      const call = { inputs: { application: "0oa1" }, answers: [{ body: sessions }], now };
      return runOktaCard(createImportSession, call, "readBack");
    };
    const { outputs, requests } = await readBack(as("TRIGGERED"), as("CREATED"));
    expect(outputs).toMatchObject({ id: SAMPLE_SESSION_ID, status: "CREATED", created: AFTER });
    expect(requests).toEqual([get(SESSIONS)]);
    expect((await readBack(as("CREATED", "2026-11-21T08:00:00.000Z"))).outputs).toBeNull();
    expect((await readBack(as("IN_PROGRESS"))).outputs).toBeNull();
    expect((await readBack()).outputs).toBeNull();
  });

  it.each([
    ["triggered", triggerImportSession, ["TRIGGERED", "COMPLETED", "ERROR"], ["IN_PROGRESS", "CREATED"]],
    ["deleted", deleteImportSession, ["CLOSED"], ["IN_PROGRESS", "TRIGGERED"]],
  ] as const)("as %s by the status", async (_, card, done, notDone) => {
    const readBack = async (status: string) => {
      const call = { inputs: at, answers: [{ body: as(status) }], now };
      return runOktaCard(card, call, "readBack");
    };
    for (const status of done) {
      const { outputs, requests } = await readBack(status);
      expect(outputs, status).not.toBeNull();
      expect(requests).toEqual([get(`${SESSIONS}/aps1`)]);
    }
    for (const status of notDone) expect((await readBack(status)).outputs, status).toBeNull();
  });

  it("a session that is gone as deleted, and not as triggered", async () => {
    const call = { inputs: at, answers: [notFound("ImportSession")], now };
    expect((await runOktaCard(deleteImportSession, call, "readBack")).outputs).toEqual({
      statusCode: 204,
      rawBody: null,
    });
    expect((await runOktaCard(triggerImportSession, call, "readBack")).outputs).toBeNull();
  });

  it("and pass on that Okta did not answer", async () => {
    const down = new CardError("No answer.", { kind: "unavailable", code: "timeout" });
    const call = { inputs: at, answers: [down], now };
    await expect(runOktaCard(deleteImportSession, call, "readBack")).rejects.toBe(down);
  });
});
