import { afterAll, beforeAll, expect, test } from "vitest";
import { addFlow, documentOf } from "../db/test-records.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { enqueueExecutions } from "../queue/enqueue.ts";
import { TestStage } from "./test-stage.ts";
import { TestWorker } from "./test-worker.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.open();
});
afterAll(() => stage.close());

const LOGIN = "nobody.in.particular@acme.example";

/** An execution that fails at Okta, for a person whose login is in event, input and answer. */
async function failing() {
  const flow = await addFlow(stage.db, {
    document: documentOf({
      cards: {
        e: { card: "okta.events.custom", v: 1, connection: "okta", options: {} },
        a: { card: "okta.users.suspend", v: 1, connection: "okta", inputs: { user: { value: LOGIN } } },
      },
      edges: [{ from: "e", out: "next", to: "a" }],
    }),
  });
  const trigger: object = oktaEvent({ displayMessage: LOGIN });
  const data = { flowId: flow.id, versionId: flow.versionId, mode: "live", trigger, subject: LOGIN };
  const { id } = await stage.db.prisma.execution.create({ data });
  await enqueueExecutions(stage.db.pool, [id]);
  return id;
}

test("everything a worker logs of failing executions names them, and no login and no token", async () => {
  const worker = await TestWorker.start({ ...stage.environment, LOG_LEVEL: "trace" });
  try {
    const refused = await failing();
    const outcome = await stage.outcome(refused);
    expect(outcome.status).toBe("failed");
    expect(JSON.stringify(outcome.error)).toContain(LOGIN);
    // A defect throws out of the card with whatever it holds.
    await stage.db.pool.query(
      `alter table steps add constraint no_such_path check (path <> 'a' or inputs is null) not valid`,
    );
    const broken = await failing();
    await stage.outcome(broken);
    worker.signal("SIGTERM");
    await worker.ended();
    const lines = worker.output.filter((line) => line.startsWith("{"));
    for (const id of [refused, broken]) expect(lines.some((line) => line.includes(id))).toBe(true);
    expect(lines.some((line) => line.includes("no_such_path"))).toBe(true);
    const everything = worker.output.join("\n");
    expect(everything).not.toContain("nobody.in.particular");
    expect(everything).not.toContain(stage.sandbox.token);
  } finally {
    await worker.kill();
  }
});
