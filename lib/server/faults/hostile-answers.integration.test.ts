import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CardNode } from "#lib/flow/document.ts";
import { sealCredentials } from "../connections/credentials.ts";
import { chainOf } from "./test-documents.ts";
import { FaultStage } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

// Real processes on machines that are busy: the waits in it say what they wait for.
vi.setConfig({ testTimeout: 120_000 });
let stage: FaultStage;
let web: TestWeb;
/** Addresses somebody was lured to. */
const lured: string[] = [];
const closing: (() => void)[] = [];

/** An address on this machine, and whoever asks there. */
async function serve(answer: (call: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An org that was taken over: it sends callers elsewhere and repeats what they must not tell. */
async function hostileOrg(): Promise<string> {
  const elsewhere = await serve((call, response) => {
    lured.push(`${call.method} ${call.url} ${call.headers.authorization}`);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  return serve((call, response) => {
    const { url = "", headers } = call;
    if (url.startsWith("/api/v1/moved")) {
      const location = url.includes("metadata")
        ? "http://169.254.169.254/latest/meta-data/iam"
        : `${elsewhere}/api/v1/users`;
      response.writeHead(302, { location }).end();
      return;
    }
    const secret = headers.authorization ?? "";
    const told = { note: `You sent ${secret}`, [secret]: "a key", nested: [{ token: secret.slice(5) }] };
    response
      .writeHead(url.startsWith("/api/v1/refused") ? 400 : 200, {
        "content-type": "application/json",
        "x-echo": secret,
      })
      .end(JSON.stringify(url.startsWith("/api/v1/refused") ? { errorSummary: `No: ${secret}` } : told));
  });
}

beforeAll(async () => {
  stage = await FaultStage.open();
  const id = randomUUID();
  await stage.base.db.prisma.connection.create({
    data: {
      id,
      alias: "hostile",
      connector: "okta",
      name: "Taken over",
      orgUrl: await hostileOrg(),
      // The same token: what the checks look for in rows and logs.
      ...sealCredentials(id, { kind: "apiToken", token: stage.base.sandbox.token }),
      intake: "none",
      endpointId: randomUUID(),
      createdBy: "test",
    },
  });
  web = await stage.startWeb();
  await stage.startWorker();
});
afterAll(async () => {
  await stage.close();
  for (const close of closing) close();
});

const get = (url: string): CardNode => ({
  card: "okta.api.custom",
  v: 1,
  connection: "hostile",
  options: { method: "GET" },
  onError: { retry: 0 },
  inputs: { relativeUrl: { value: url } },
});

async function runOnce(url: string) {
  const flow = await stage.listen(chainOf({ call: get(url) }));
  const pairs = await stage.pairs(1);
  expect(
    await stage.deliver(
      web,
      pairs.map((pair) => stage.eventAbout(pair)),
    ),
  ).toBe(204);
  // Rows, logs and answers are searched for the token here.
  expect(await violations(stage)).toEqual([]);
  await stage.base.db.prisma.flow.updateMany({ data: { on: false } });
  const [execution] = await stage.executionsOf(flow.id);
  return execution;
}

test.each(["/api/v1/moved", "/api/v1/moved/metadata"])(
  "an answer that sends the caller elsewhere (%s) is not followed, and the token goes nowhere",
  async (url) => {
    const execution = await runOnce(url);
    expect(execution).toMatchObject({ status: "failed", error: { path: "call" } });
    expect(execution?.steps.find(({ path }) => path === "call")?.exchanges).toMatchObject([{ status: 302 }]);
    expect(lured).toEqual([]);
  },
);

test("a token an org repeats, in texts, keys and headers, stands in no row, log or answer", async () => {
  const execution = await runOnce("/api/v1/echo");
  expect(execution?.status).toBe("succeeded");
  expect(JSON.stringify(execution?.steps.map(({ outputs }) => outputs))).toContain("You sent");
});

test("nor does one it repeats in an error", async () => {
  const execution = await runOnce("/api/v1/refused");
  expect(execution).toMatchObject({ status: "failed", error: { path: "call" } });
  expect(JSON.stringify(execution?.error)).toContain("No: ");
});
