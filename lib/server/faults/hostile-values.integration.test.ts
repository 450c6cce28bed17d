import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CardNode } from "#lib/flow/document.ts";
import { chainOf, createUser } from "./test-documents.ts";
import { FaultStage } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 120_000 });
let stage: FaultStage;
let web: TestWeb;

beforeAll(async () => {
  stage = await FaultStage.open();
  web = await stage.startWeb();
  await stage.startWorker();
});
afterAll(() => stage.close());

const HOSTILE = [
  "//evil.example/api/v1/users",
  "http://169.254.169.254/latest/meta-data",
  "https://evil.example/api/v1/users",
  "\\\\evil.example\\api",
  "/api/v1/users/..%2f..%2foauth2",
  "/api/v1/../../admin",
  "/api/v1/users@evil.example",
  "/api/v1/users\r\nHost: evil.example",
  "{{constructor.constructor('return process')()}}",
  "<script>alert(1)</script>",
];

/** A flow for these tests only, and what became of one execution for each hostile name. */
async function runWith(cards: Record<string, CardNode>) {
  const flow = await stage.listen(chainOf(cards));
  const pairs = await stage.pairs(HOSTILE.length);
  const events = pairs.map((pair, index) => stage.eventAbout({ ...pair, name: HOSTILE[index] ?? "" }));
  expect(await stage.deliver(web, events)).toBe(204);
  expect(await violations(stage)).toEqual([]);
  await stage.base.db.prisma.flow.updateMany({ data: { on: false } });
  return stage.executionsOf(flow.id);
}

test("an address that an event brings along is refused before anything is sent", async () => {
  const call: CardNode = {
    card: "okta.api.custom",
    v: 1,
    connection: "okta",
    options: { method: "GET" },
    inputs: { relativeUrl: { ref: ["e", "group", "displayName"] } },
  };
  const executions = await runWith({ call });
  expect(executions).toHaveLength(HOSTILE.length);
  for (const { subject, status, error, steps } of executions) {
    expect([subject, status, error]).toEqual([subject, "failed", expect.objectContaining({ path: "call" })]);
    // Not even a refused request is to leave.
    expect(steps.flatMap(({ exchanges }) => exchanges ?? [])).toEqual([]);
  }
});

test("a text stays a text, all the way to the org", async () => {
  const unique = { ref: ["e", "group", "id"] as [string, ...string[]] };
  const user = { ref: ["e", "user", "id"] as [string, ...string[]] };
  const login = { text: [unique, "-", user, "@tests.example"] };
  const named: CardNode = {
    ...createUser,
    inputs: {
      profile: {
        object: {
          login,
          email: login,
          firstName: { ref: ["e", "group", "displayName"] },
          lastName: { text: ["{{", unique, "}}"] },
        },
      },
    },
  };
  const executions = await runWith({ create: named });
  expect(executions.map(({ status }) => status)).toEqual(HOSTILE.map(() => "succeeded"));
  const users = [...stage.base.sandbox.org.users.all()];
  const names = users
    .filter(({ profile }) => String(profile.lastName).startsWith("{{"))
    .map(({ profile }) => profile.firstName);
  expect(names.toSorted()).toEqual(HOSTILE.toSorted());
});
