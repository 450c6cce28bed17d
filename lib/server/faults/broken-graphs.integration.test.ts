import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CardNode, FlowDocument } from "#lib/flow/document.ts";
import type { Actor } from "../accounts/actor.ts";
import { createFlow } from "../flows/edit-flow.ts";
import { publishFlow, turnFlowOn } from "../flows/publish-flow.ts";
import { addToGroup, chainOf, createUser } from "./test-documents.ts";
import { FaultStage } from "./test-fault-stage.ts";
import { violations } from "./test-violations.ts";
import type { TestWeb } from "./test-web.ts";

const owner: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
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

const sound = chainOf({ add: addToGroup, create: createUser });
const titled = (title: string, node: CardNode): CardNode => ({ ...node, title });
const call = (url: string): CardNode => ({
  card: "okta.api.custom",
  v: 1,
  title: "Call",
  connection: "okta",
  options: { method: "GET" },
  inputs: { relativeUrl: { value: url } },
});

/** A document, the card that is to be named, and what is said of it. */
const BROKEN: [what: string, document: FlowDocument, card: string, says: RegExp][] = [
  [
    "two cards that lead to each other",
    { ...sound, edges: [...sound.edges, { from: "create", out: "next", to: "add" }] },
    "add",
    /lead/,
  ],
  [
    "a line to nowhere",
    { ...sound, edges: [...sound.edges, { from: "create", out: "next", to: "gone" }] },
    "create",
    /line|lead/i,
  ],
  [
    "two events",
    { ...sound, cards: { ...sound.cards, f: { card: "okta.users.created", v: 1, connection: "okta" } } },
    "f",
    /event/,
  ],
  [
    "a value from a card that comes later",
    {
      ...sound,
      cards: {
        ...sound.cards,
        add: titled("First", {
          ...addToGroup,
          inputs: { ...addToGroup.inputs, user: { ref: ["create", "id"] } },
        }),
      },
    },
    "add",
    /before/,
  ],
  ...[
    "//evil.example/api/v1/users",
    "http://169.254.169.254/",
    "\\\\evil",
    "/api/..%2foauth2",
    "/api/v1/@evil",
  ].map((url): [string, FlowDocument, string, RegExp] => [
    `the address ${url}`,
    chainOf({ call: call(url) }),
    "call",
    /./,
  ]),
];

test.each(BROKEN)(
  "%s: saved as a draft, not published, and the card is named",
  async (_, document, card, says) => {
    const { id, revision, issues } = await createFlow(owner, { document });
    const about = issues.filter((issue) => issue.severity === "error" && issue.card === card);
    expect(about.map(({ message }) => message)).toContainEqual(expect.stringMatching(says));
    await expect(publishFlow(owner, id, { revision })).rejects.toMatchObject({ code: "invalid" });
    await expect(turnFlowOn(owner, id)).rejects.toMatchObject({ code: "conflict" });
    expect(await stage.base.db.prisma.flowVersion.count({ where: { flowId: id } })).toBe(0);
  },
);

test("a version that was spoilt in the database fails its executions with the reason, and other flows go on", async () => {
  const [, cyclic] = BROKEN[0] ?? [];
  const flows = [await stage.listen(sound), await stage.listen(chainOf({}))] as const;
  await stage.base.db.prisma.flowVersion.update({
    where: { id: flows[0].versionId },
    data: { document: cyclic ?? {} },
  });
  const [pair] = await stage.pairs(1);
  if (!pair) throw new Error("The stage has no person.");
  expect(await stage.deliver(web, [stage.eventAbout({ ...pair, name: `n${randomUUID()}` })])).toBe(204);
  expect(await violations(stage)).toEqual([]);
  const ended = await Promise.all(flows.map(({ id }) => stage.executionsOf(id)));
  expect(ended.flat().map(({ status }) => status)).toEqual(["failed", "succeeded"]);
  expect(ended[0]?.[0]?.error).toMatchObject({ message: expect.stringMatching(/\.$/) });
});
