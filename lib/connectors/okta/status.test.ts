import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import { removeUserFromApplication } from "./apps/assigned-user.ts";
import { deleteGroup } from "./groups/delete-group.ts";
import { addUserToGroup, removeUserFromGroup } from "./groups/membership.ts";
import { runOktaCard } from "./test-okta-card.ts";
import { notFound } from "./test-okta-client.ts";
import { deleteUser } from "./users/delete-user.ts";
import { deactivateUser, suspendUser } from "./users/lifecycle.ts";

const user = { user: "00u1" };
const member = { group: "00g1", user: "00u1" };

describe("a user or group that is not there", () => {
  it.each([
    ["Delete User", deleteUser, user, { statusCode: 404 }],
    ["Deactivate User", deactivateUser, user, { statusCode: 404 }],
    ["Add User to Group", addUserToGroup, member, { status: 404 }],
    ["Remove User from Group", removeUserFromGroup, member, { status: 404 }],
  ])("is an output of %s", async (_, card, inputs, outputs) => {
    expect((await runOktaCard(card, { inputs, answers: [notFound()] })).outputs).toEqual({
      ...outputs,
      rawBody: null,
    });
  });

  it.each([
    ["Suspend User", suspendUser, user],
    ["Delete Group", deleteGroup, { group: "00g1" }],
    ["Remove User from Application", removeUserFromApplication, { application: "0oa1", user: "00u1" }],
  ])("fails %s, whose status says nothing of it", async (_, card, inputs) => {
    await expect(runOktaCard(card, { inputs, answers: [notFound()] })).rejects.toMatchObject({
      details: { code: "E0000007" },
    });
  });

  it("is told apart from other refusals and from an address Okta does not have", async () => {
    const refused = (code: string, status: number) => new CardError("No.", { kind: "refused", code, status });
    for (const error of [refused("E0000008", 404), refused("E0000060", 501), refused("E0000006", 403)]) {
      await expect(runOktaCard(addUserToGroup, { inputs: member, answers: [error] })).rejects.toBe(error);
    }
  });
});
