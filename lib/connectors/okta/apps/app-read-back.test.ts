import { describe, expect, it } from "vitest";
import type { Card } from "../../../cards/define.ts";
import { CardError } from "../../../cards/errors.ts";
import { runOktaCard } from "../test-okta-card.ts";
import { type Answer, notFound } from "../test-okta-client.ts";
import { SAMPLE_OKTA_APP, SAMPLE_OKTA_APP_GROUP, SAMPLE_OKTA_APP_USER } from "./app-samples.ts";
import { activateApplication, deactivateApplication, deleteApplication } from "./application-lifecycle.ts";
import { assignUserForProvisioning, assignUserForSso } from "./assign-user.ts";
import { removeGroupFromApplication } from "./assigned-group.ts";
import { removeUserFromApplication } from "./assigned-user.ts";

/** The lost attempt began at 09:00:00. */
const now = new Date("2026-11-21T09:00:00.000Z");
const BEFORE = "2026-11-21T08:59:54.000Z";
const AFTER = "2026-11-21T09:00:01.000Z";

async function readBack(card: Card, answer: Answer) {
  const inputs = { application: "0oa1", user: "00u1", group: "00g1" };
  const wanted = Object.entries(inputs).filter(([key]) => key in card.description.inputs);
  const call = { inputs: Object.fromEntries(wanted), answers: [answer], now };
  return runOktaCard(card, call, "readBack");
}

describe("an application's lifecycle reads back", () => {
  it.each([
    ["activated", activateApplication, "ACTIVE", "INACTIVE"],
    ["deactivated", deactivateApplication, "INACTIVE", "ACTIVE"],
  ] as const)("as %s by its status", async (_, card, done, before) => {
    const { outputs, requests } = await readBack(card, { body: { ...SAMPLE_OKTA_APP, status: done } });
    expect(outputs).toEqual({ statusCode: 200, rawBody: null });
    expect(requests).toEqual([{ method: "GET", path: "/api/v1/apps/0oa1" }]);
    expect((await readBack(card, { body: { ...SAMPLE_OKTA_APP, status: before } })).outputs).toBeNull();
    expect((await readBack(card, notFound("AppInstance"))).outputs).toBeNull();
  });

  it("as deleted where it is gone", async () => {
    expect((await readBack(deleteApplication, notFound("AppInstance"))).outputs).toEqual({
      statusCode: 204,
      rawBody: null,
    });
    expect((await readBack(deleteApplication, { body: SAMPLE_OKTA_APP })).outputs).toBeNull();
  });
});

describe.each([
  ["for SSO", assignUserForSso],
  ["for SSO and provisioning", assignUserForProvisioning],
])("assigning a user %s reads back", (_, card) => {
  const assignment = (more: object): Answer => ({ body: { ...SAMPLE_OKTA_APP_USER, ...more } });

  it("an assignment made since the attempt as its own", async () => {
    const { outputs, requests } = await readBack(card, assignment({ created: AFTER }));
    expect(outputs).toMatchObject({ scope: "USER", created: AFTER });
    expect(requests).toEqual([{ method: "GET", path: "/api/v1/apps/0oa1/users/00u1" }]);
  });

  it("an older one, one through a group, and none as not done", async () => {
    expect((await readBack(card, assignment({ created: BEFORE }))).outputs).toBeNull();
    expect((await readBack(card, assignment({ created: AFTER, scope: "GROUP" }))).outputs).toBeNull();
    expect((await readBack(card, notFound("AppUser"))).outputs).toBeNull();
  });

  it("and passes on that Okta did not answer", async () => {
    const down = new CardError("No answer.", { kind: "unavailable", code: "timeout" });
    await expect(readBack(card, down)).rejects.toBe(down);
  });
});

describe("removing reads back", () => {
  it.each([
    ["user", removeUserFromApplication, SAMPLE_OKTA_APP_USER, "/api/v1/apps/0oa1/users/00u1"],
    ["group", removeGroupFromApplication, SAMPLE_OKTA_APP_GROUP, "/api/v1/apps/0oa1/groups/00g1"],
  ] as const)("a %s as removed where the assignment is gone", async (_, card, body, at) => {
    const gone = await readBack(card, notFound("AppUser"));
    expect(gone.outputs).toEqual({ status: 204, rawBody: null });
    expect(gone.requests).toEqual([{ method: "GET", path: at }]);
    expect((await readBack(card, { body })).outputs).toBeNull();
  });
});
