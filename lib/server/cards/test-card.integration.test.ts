import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CardDescription } from "../../cards/card.ts";
import { convertFields } from "../../cards/convert.ts";
import { effectiveFields } from "../../cards/effective-fields.ts";
import { type Json, type JsonObject, jsonObjectSchema } from "../../flow/json.ts";
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

/** A call made in the org before a card is tested. */
type Sent = [method: string, path: string, body?: Json];

const lifecycle =
  (step: string) =>
  ({ user }: JsonObject): Sent[] => [["POST", `/api/v1/users/${user}/lifecycle/${step}?sendEmail=false`]];
const assignGroup = ({ application, group }: JsonObject): Sent[] => [
  ["PUT", `/api/v1/apps/${application}/groups/${group}`, {}],
];
const loadUsers = ({ application, session }: JsonObject): Sent[] => {
  const profile = { userName: "ola.berg@example.com", email: "ola.berg@example.com" };
  const body = { entityType: "USERS", profiles: [{ externalId: "HR-2001", profile }] };
  return [["POST", `/api/v1/identity-sources/${application}/sessions/${session}/bulk-upsert`, body]];
};

/** What has to be so in the org before a card's sample can work: the sample's user in the right state. */
const BEFORE: Record<string, (inputs: JsonObject) => Sent[]> = {
  "okta.users.activate": lifecycle("deactivate"),
  "okta.users.unsuspend": lifecycle("suspend"),
  "okta.users.delete": lifecycle("deactivate"),
  "okta.apps.readGroup": assignGroup,
  "okta.apps.removeGroup": assignGroup,
  "okta.imports.triggerSession": loadUsers,
};

const oktaCards = registry.cards
  .map(({ description }) => description)
  .filter(({ connector }) => connector === "okta");

async function inOrg(...[method, path, body]: Sent): Promise<JsonObject> {
  const headers = { authorization: `SSWS ${org.sandbox.token}`, "content-type": "application/json" };
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(org.sandbox.url + path, { method, headers, body: sent });
  expect(answer.ok, `${method} ${path}`).toBe(true);
  const text = await answer.text();
  return text ? jsonObjectSchema.parse(JSON.parse(text)) : {};
}

/** The card's sample. An import session has its id from Okta, so a sample can't name one that is there. */
async function sampleInputs({ sample: { inputs } }: CardDescription): Promise<JsonObject> {
  if (!("session" in inputs)) return inputs;
  const { id } = await inOrg("POST", `/api/v1/identity-sources/${inputs.application}/sessions`);
  return { ...inputs, session: id ?? null };
}

describe("testing a card with its own sample against the sandbox org", () => {
  it.each(oktaCards.map((card) => [card.id, card] as const))(
    "%s works, and gives what it declares",
    async (id, card) => {
      const inputs = await sampleInputs(card);
      for (const call of BEFORE[id]?.(inputs) ?? []) await inOrg(...call);
      const result = await testCard(owner, id, {
        connection: "okta",
        options: {},
        inputs,
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

  it("sends custom attributes of the org as the types they have there", async () => {
    const inputs = {
      user: "ann.lee@example.com",
      profile: { badgeNumber: "42", remote: "yes", title: "Lead" },
    };
    const request = { connection: "okta", options: {}, inputs, confirmWrite: true };
    const result = await testCard(owner, "okta.users.update", request);
    expect(result.status).toBe("succeeded");
    const sent = JSON.parse(result.exchanges.at(-1)?.requestBody ?? "{}");
    expect(sent).toEqual({ profile: { badgeNumber: 42, remote: true, title: "Lead" } });
    const wrong = await testCard(owner, "okta.users.update", {
      ...request,
      inputs: { ...inputs, profile: { badgeNumber: "forty-two" } },
    });
    expect(wrong).toMatchObject({
      status: "failed",
      error: { kind: "input", field: ["profile", "badgeNumber"] },
    });
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
