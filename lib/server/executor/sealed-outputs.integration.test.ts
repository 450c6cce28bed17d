import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { MASK } from "#lib/cards/mask.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import type { TextPart, Value } from "#lib/flow/value.ts";
import { updateConnection } from "../connections/change-connection.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { tablesHolding } from "../db/test-tables-holding.ts";
import { getExecution } from "../executions/get-execution.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { openOutputs } from "../secrets/seal-outputs.ts";
import { TestStage } from "./test-stage.ts";

const REMOVED = "group.user_membership.remove";
const owner = { kind: "user", id: "u1", name: "Ann", role: "owner" } as const;
let stage: TestStage;

beforeAll(async () => {
  stage = await TestStage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

const ref = (...way: [string, ...string[]]) => ({ ref: way });
const text = (...parts: TextPart[]): Value => ({ text: parts });

/**
 * Gets a temporary password and reads a hidden attribute, then is killed at a group, fails at somebody who is not there yet,
 * and only then uses both: as inputs of their own kind, in texts, in a search, in an address, in a comparison, as a result.
 */
function flowUsing(group: string, missing: string): FlowDocument {
  const okta = { v: 1, connection: "okta" };
  const costCenter = ref("read", "profile", "costCenter");
  const user = ref("e", "user", "id");
  const ids = ["e", "read", "temp", "note", "add", "wait", "change", "find", "ask", "put", "same", "end"];
  const own = ["password", "note", "center"].map((key) => ({ key, label: key, type: "text" }));
  return documentOf({
    cards: {
      e: { card: "okta.groups.userRemoved", ...okta },
      read: { card: "okta.users.read", ...okta, inputs: { user } },
      temp: {
        card: "okta.users.expirePassword",
        ...okta,
        inputs: { user },
        options: { temporaryPassword: "yes" },
      },
      note: {
        card: "core.compose",
        v: 1,
        inputs: { text: text(ref("temp", "tempPassword"), "-Staple9 ", costCenter) },
      },
      add: { card: "okta.groups.addUser", ...okta, inputs: { group: { value: group }, user } },
      wait: { card: "okta.users.read", ...okta, inputs: { user: { value: missing } } },
      change: {
        card: "okta.users.changePassword",
        ...okta,
        inputs: { user, oldPassword: ref("temp", "tempPassword"), newPassword: ref("note", "output") },
      },
      find: {
        card: "okta.users.listWithSearch",
        ...okta,
        inputs: {
          profile: { object: { costCenter } },
          customSearchCriteria: text('profile.costCenter eq "', costCenter, '"'),
        },
      },
      ask: {
        card: "okta.api.custom",
        ...okta,
        options: { method: "GET", refusal: "give" },
        inputs: {
          relativeUrl: text("/api/v1/users/", costCenter),
          query: { object: { filter: text('profile.nickName eq "', costCenter, '"') } },
        },
      },
      put: {
        card: "okta.users.update",
        ...okta,
        inputs: { user, profile: { object: { costCenter: text(costCenter, "-b") } } },
      },
      same: { card: "core.if", v: 1, inputs: { left: costCenter, right: { value: "CC-1" } } },
      end: {
        card: "core.return",
        v: 1,
        options: { fields: own },
        inputs: { password: ref("temp", "tempPassword"), note: ref("note", "output"), center: costCenter },
      },
    },
    edges: ids.slice(1).map((to, index) => {
      const from = ids[index] ?? "";
      return { from, out: from === "same" ? "false" : "next", to };
    }),
  });
}

async function inOrg(path: string, body: JsonObject): Promise<string> {
  const answer = await fetch(`${stage.sandbox.url}${path}`, {
    method: "POST",
    headers: { authorization: `SSWS ${stage.sandbox.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return ((await answer.json()) as { id: string }).id;
}

/** A flow of its own for each test, and an event that starts it about somebody with an attribute nobody else has. */
async function start(make: (group: string, missing: string) => FlowDocument) {
  const user = [...stage.sandbox.org.users.all()].find(({ status }) => status === "ACTIVE");
  if (!user) throw new Error("The sandbox org has people who work there.");
  const marked = `CC-${randomUUID()}`;
  user.profile.costCenter = marked;
  const name = `Group ${randomUUID()}`;
  const group = await inOrg("/api/v1/groups", { profile: { name } });
  const missing = `${randomUUID()}@tests.example`;
  const flow = await addFlow(stage.db, {
    document: make(group, missing),
    listensTo: { connectionId: stage.connectionId, eventTypes: [REMOVED] },
  });
  const event = readLogEvent(
    oktaEvent({
      eventType: REMOVED,
      target: [
        { id: user.id, type: "User", alternateId: "ann@acme.example", displayName: "Ann Lee" },
        { id: group, type: "UserGroup", alternateId: "unknown", displayName: name },
      ],
    }),
  );
  await receiveEvents(stage.db.pool, { connectionId: stage.connectionId, source: "hook", events: [event] });
  const { id } = await stage.db.prisma.execution.findFirstOrThrow({ where: { flowId: flow.id } });
  return { id, marked, missing, user };
}

/** The temporary password, from where nobody but the executor looks. */
async function sealedPassword(executionId: string): Promise<string> {
  const { outputs } = await stage.db.prisma.step.findFirstOrThrow({
    where: { executionId, path: "temp", status: "succeeded" },
  });
  const opened = isJsonObject(outputs) ? openOutputs(outputs, { executionId, path: "temp" }) : {};
  return String(opened.tempPassword);
}

async function hide(...hiddenAttributes: string[]): Promise<void> {
  await updateConnection(owner, stage.connectionId, { hiddenAttributes });
}

const inText = (value: unknown) => JSON.stringify(value);

test("neither a secret output nor a hidden attribute is in any row, across a crash, a failure and a retry that use both", async () => {
  await hide("costCenter");
  const first = await stage.startWorker();
  const atGate = stage.gate.hold("before", "PUT", /\/api\/v1\/groups\//);
  const { id, marked, missing, user } = await start(flowUsing);
  await atGate;
  await first.kill();
  stage.gate.release();
  await stage.startWorker();
  expect((await stage.outcome(id)).error).toMatchObject({ path: "wait", status: 404 });

  await arrive(missing);
  await retryExecution(owner, id, { from: "failed", version: "same" });
  const execution = await stage.outcome(id);
  expect(execution.error).toBeNull();
  expect(execution.status).toBe("succeeded");
  // Both were used as they are: the org takes no other password, and knows the attribute with what was added to it.
  const temporary = await sealedPassword(id);
  expect(temporary).toMatch(/^Tmp1.{8}$/);
  expect(user.profile.costCenter).toBe(`${marked}-b`);

  const view = await getExecution(owner, id);
  const forms = [temporary, marked];
  expect(await tablesHolding(stage.db.pool, forms)).toEqual([]);
  expect(forms.filter((form) => inText(view).includes(form))).toEqual([]);
  const outputsOf = (path: string) => view.steps.findLast((step) => step.path === path)?.outputs;
  const inputsOf = (path: string) => view.steps.findLast((step) => step.path === path)?.inputs;
  expect(outputsOf("temp")).toMatchObject({ tempPassword: MASK });
  expect(outputsOf("read")).toMatchObject({
    profile: { costCenter: MASK },
    rawBody: { profile: { costCenter: MASK } },
  });
  expect([inputsOf("note"), outputsOf("note")]).toEqual([{ text: MASK }, { output: MASK }]);
  expect(inputsOf("find")).toMatchObject({ profile: { costCenter: MASK }, customSearchCriteria: MASK });
  expect(inputsOf("same")).toMatchObject({ left: MASK, right: "CC-1" });
  expect(view.result).toEqual({ password: MASK, note: MASK, center: MASK });
  expect(outputsOf("ask")).toMatchObject({
    statusCode: 404,
    body: { errorSummary: expect.stringContaining(MASK) },
  });
  expect(inText(view)).not.toContain("$sealed");
}, 60_000);

/** Gets a temporary password, fails at somebody who is not there yet, and changes the password then. */
function flowWaiting(_group: string, missing: string): FlowDocument {
  const { cards, edges } = flowUsing("", missing);
  const kept = ["e", "temp", "wait", "change"];
  const newPassword = text(ref("temp", "tempPassword"), "-Staple9");
  const { change } = cards;
  return documentOf({
    cards: {
      ...Object.fromEntries(Object.entries(cards).filter(([id]) => kept.includes(id))),
      ...(change ? { change: { ...change, inputs: { ...change.inputs, newPassword } } } : {}),
    },
    edges: kept.slice(1).map((to, index) => ({ ...edges[0], from: kept[index] ?? "", out: "next", to })),
  });
}

async function arrive(login: string): Promise<void> {
  const profile = { login, email: login, firstName: "Pat", lastName: "Doe" };
  await inOrg("/api/v1/users?activate=false", { profile });
}

test("with another key an execution says which one it needs, and goes on once it is back", async () => {
  const first = await stage.startWorker();
  const { id, missing } = await start(flowWaiting);
  expect((await stage.outcome(id)).error).toMatchObject({ path: "wait" });
  await first.kill();
  await arrive(missing);

  const key = stage.environment.FLOWDECK_SECRET_KEY ?? "";
  stage.environment.FLOWDECK_SECRET_KEY = Buffer.alloc(32, 9).toString("base64");
  const other = await stage.startWorker();
  stage.environment.FLOWDECK_SECRET_KEY = key;
  await retryExecution(owner, id, { from: "failed", version: "same" });
  expect((await stage.outcome(id)).error).toMatchObject({
    code: "secret-unreadable",
    message: expect.stringMatching(/stored with key \w+, but FLOWDECK_SECRET_KEY is key/),
  });
  await other.kill();

  await stage.startWorker();
  await retryExecution(owner, id, { from: "failed", version: "same" });
  expect((await stage.outcome(id)).status).toBe("succeeded");
}, 60_000);

test("what was stored before secrets were sealed is used as it is, and shown masked", async () => {
  await stage.startWorker();
  const { id, missing } = await start(flowWaiting);
  await stage.outcome(id);
  const tempPassword = await sealedPassword(id);
  const where = { executionId: id, path: "temp", status: "succeeded" };
  await stage.db.prisma.step.updateMany({ where, data: { outputs: { statusCode: 200, tempPassword } } });
  await arrive(missing);
  await retryExecution(owner, id, { from: "failed", version: "same" });
  expect((await stage.outcome(id)).status).toBe("succeeded");
  const { steps } = await getExecution(owner, id);
  expect(steps.find(({ path }) => path === "temp")?.outputs).toMatchObject({ tempPassword: MASK });
}, 60_000);
