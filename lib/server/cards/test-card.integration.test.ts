import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MASK } from "../../cards/mask.ts";
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

  it("sends no mark that stands for a secret in the history", async () => {
    const profile = {
      login: "mark@tests.example",
      email: "mark@tests.example",
      firstName: "M",
      lastName: "K",
    };
    const request = testCard(owner, "okta.users.create", {
      connection: "okta",
      options: { credentials: "password" },
      inputs: { profile, password: MASK },
      confirmWrite: true,
    });
    await expect(request).rejects.toMatchObject({ body: { code: "bad-request" } });
    expect(org.sandbox.counters.json().writes.total).toBe(0);
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
