import { describe, expect, it } from "vitest";
import { MASK, maskSecrets } from "../../cards/mask.ts";
import { readAssignedGroup } from "./apps/assigned-group.ts";
import { addUserToGroups } from "./groups/add-user-to-groups.ts";
import { deleteGroup } from "./groups/delete-group.ts";
import { updateGroup } from "./groups/update-group.ts";
import { oktaCards } from "./okta-cards.ts";
import { assignRole } from "./roles/assign-role.ts";
import { SAMPLE_OKTA_GROUP } from "./samples.ts";
import { runOktaCard } from "./test-okta-card.ts";
import { notFound } from "./test-okta-client.ts";
import { reactivateUser } from "./users/reactivate-user.ts";

/** It computes; Okta is not asked. */
const CALLS_NOTHING = "okta.imports.mapAttributes";

describe("every action card that calls Okta", () => {
  const actions = oktaCards
    .map(({ description }) => description)
    .filter(({ id, kind }) => kind === "action" && id !== CALLS_NOTHING);

  it.each(actions.map((card) => [card.title, card] as const))("%s gives status and raw body", (_, card) => {
    const { outputs } = card;
    expect([outputs.statusCode?.type, outputs.status?.type]).toContain("number");
    const bodies = [outputs.rawBody, outputs.rawRecords, outputs.body];
    expect(bodies.some((body) => body !== undefined)).toBe(true);
  });
});

describe("the answer of Okta", () => {
  it("is given as it came", async () => {
    const body = { id: "00g1", priority: 3, profile: {}, _embedded: { anything: [1, null] } };
    const call = { inputs: { application: "0oa1", group: "00g1" }, answers: [{ body }] };
    const { outputs } = await runOktaCard(readAssignedGroup, call);
    expect(outputs).toMatchObject({ id: "00g1", statusCode: 200, rawBody: body });
  });

  it("has the status Okta gave, and no body where there was none", async () => {
    const call = { inputs: { group: "00g1" }, answers: [{ status: 204, body: null }] };
    expect((await runOktaCard(deleteGroup, call)).outputs).toEqual({ statusCode: 204, rawBody: null });
  });

  it("is the last one, where a card makes several calls", async () => {
    const changed = { ...SAMPLE_OKTA_GROUP, profile: { name: "Builders" } };
    const call = {
      inputs: { group: "00g1", name: "Builders" },
      answers: [{ body: SAMPLE_OKTA_GROUP }, { body: changed, status: 200 }],
    };
    expect((await runOktaCard(updateGroup, call)).outputs).toMatchObject({
      statusCode: 200,
      rawBody: changed,
    });
    const groups = { inputs: { user: "00u1", groups: ["00g1", "00g2"] }, options: { refusal: "report" } };
    const refused = await runOktaCard(addUserToGroups, { ...groups, answers: [{ status: 204 }, notFound()] });
    expect(refused.outputs).toMatchObject({ allAdded: false, statusCode: 204 });
  });

  it("is not made up where it was lost and its effect was looked up", async () => {
    const role = { id: "irb1", type: "USER_ADMIN", status: "ACTIVE", created: "2026-11-21T09:00:01.000Z" };
    const call = { inputs: { user: "00u1", role: "USER_ADMIN" }, answers: [{ body: [role] }] };
    const { outputs } = await runOktaCard(assignRole, call, "readBack");
    expect(outputs).toMatchObject({ id: "irb1", statusCode: 201 });
  });

  it("shows no secret in the history", async () => {
    const body = { activationUrl: "https://example.okta.com/welcome/XYZ", activationToken: "XYZ" };
    const call = { inputs: { user: "00u1" }, answers: [{ body }] };
    const { outputs } = await runOktaCard(reactivateUser, call);
    expect(outputs?.rawBody).toEqual(body);
    expect(maskSecrets(outputs ?? {}, reactivateUser.description.outputs).rawBody).toEqual({
      activationUrl: MASK,
      activationToken: MASK,
    });
  });
});
