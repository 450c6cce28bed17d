import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { convertFields } from "../../cards/convert.ts";
import { effectiveFields } from "../../cards/effective-fields.ts";
import { jsonObjectSchema } from "../../flow/json.ts";
import { registry } from "../../registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { createConnection } from "../connections/create-connection.ts";
import { openTestOrg } from "../connections/test-org.ts";
import { ApiProblem } from "../http/problem.ts";
import { testCard } from "./test-card.ts";

const owner: Actor = { kind: "user", id: "1", name: "Ann", role: "owner" };
let org: Awaited<ReturnType<typeof openTestOrg>>;

beforeAll(async () => {
  org = await openTestOrg();
  const { url: orgUrl, token } = org.sandbox;
  await createConnection(owner, { name: "Sandbox", alias: "okta", orgUrl, token });
});
afterAll(() => org.close());
beforeEach(() => org.sandbox.reset());

/** What has to be so in the org before a card's sample can work: the sample's user in the right state. */
const BEFORE: Record<string, string[]> = {
  "okta.users.activate": ["deactivate"],
  "okta.users.unsuspend": ["suspend"],
  "okta.users.delete": ["deactivate"],
};

const oktaCards = registry.cards
  .map(({ description }) => description)
  .filter(({ connector }) => connector === "okta");

async function inOrg(method: string, path: string): Promise<void> {
  const headers = { authorization: `SSWS ${org.sandbox.token}` };
  const answer = await fetch(org.sandbox.url + path, { method, headers });
  expect(answer.status).toBe(200);
}

describe("testing a card with its own sample against the sandbox org", () => {
  it.each(oktaCards.map((card) => [card.id, card] as const))(
    "%s works, and gives what it declares",
    async (id, card) => {
      const { user } = card.sample.inputs;
      for (const step of BEFORE[id] ?? [])
        await inOrg("POST", `/api/v1/users/${user}/lifecycle/${step}?sendEmail=false`);
      const result = await testCard(owner, id, {
        connection: "okta",
        options: {},
        inputs: card.sample.inputs,
        confirmWrite: true,
      });
      expect(result.error).toBeUndefined();
      expect(result.status).toBe("succeeded");
      // Outputs that an option switches off are there as null.
      const given = Object.entries(jsonObjectSchema.parse(result.outputs)).filter(
        ([, value]) => value !== null,
      );
      const declared = effectiveFields(card, {}).outputs;
      expect(convertFields(Object.fromEntries(given), declared)).toMatchObject({ ok: true });
    },
  );
});

describe("testing a card", () => {
  it("shows the exchange with Okta's request id", async () => {
    const inputs = { user: "ann.lee@example.com" };
    const result = await testCard(owner, "okta.users.read", {
      connection: "okta",
      options: {},
      inputs,
      confirmWrite: false,
    });
    expect(result.exchanges).toHaveLength(1);
    expect(result.exchanges[0]).toMatchObject({ method: "GET", status: 200, requestId: expect.any(String) });
  });

  it("says what Okta said when it fails", async () => {
    const inputs = { user: "nobody@example.com" };
    const result = await testCard(owner, "okta.users.read", {
      connection: "okta",
      options: {},
      inputs,
      confirmWrite: false,
    });
    expect(result).toMatchObject({ status: "failed", error: { code: "E0000007", status: 404 } });
  });

  it("changes nothing unless that is confirmed", async () => {
    const inputs = { user: "ann.lee@example.com" };
    const refused = testCard(owner, "okta.users.suspend", {
      connection: "okta",
      options: {},
      inputs,
      confirmWrite: false,
    });
    await expect(refused).rejects.toThrow(ApiProblem);
    expect(org.sandbox.counters.json().writes.total).toBe(0);
  });
});
