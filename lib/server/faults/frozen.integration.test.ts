import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { addToGroup, chainOf } from "./test-documents.ts";
import { FaultStage } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

vi.setConfig({ testTimeout: 150_000 });
let stage: FaultStage;
let web: TestWeb;

beforeAll(async () => {
  stage = await FaultStage.open({ WORKER_CONCURRENCY: "4" });
  web = await stage.startWeb();
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

test("a worker frozen with the only slot of the org, at a call: others end its executions, and thawed it ends", async () => {
  await stage.base.db.prisma.connection.update({
    where: { id: stage.base.connectionId },
    data: { maxCalls: 1 },
  });
  const flow = await stage.listen(chainOf({ add: addToGroup }));
  const pairs = await stage.pairs(4);
  const frozen = await stage.startWorker();
  const isWrite = (method: string, path: string) => method === "PUT" && path.startsWith("/api/v1/groups/");
  stage.gate.holdAll("after", isWrite);
  await stage.deliver(
    web,
    pairs.map((pair) => stage.eventAbout(pair)),
  );
  await stage.until("a write is held", async () => stage.gate.held === 1);
  frozen.signal("SIGSTOP");
  await stage.startWorker();
  // Were its slot still its own, no other could call and none would end.
  await stage.until("the other one calls", async () => stage.gate.held === 2);
  frozen.signal("SIGCONT");
  expect(await frozen.ended()).toBe(1);
  stage.gate.release();
  expect(await violations(stage)).toEqual([]);
  const ended = await stage.executionsOf(flow.id);
  expect(ended.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => "succeeded"));
});
