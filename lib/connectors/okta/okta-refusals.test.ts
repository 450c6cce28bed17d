import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import type { JsonObject } from "../../flow/json.ts";
import { listGroupMembers } from "./groups/list-group-members.ts";
import { SAMPLE_OKTA_USER } from "./samples.ts";
import { runOktaCard } from "./test-okta-card.ts";
import { findUsers } from "./users/find-users.ts";
import { listUsersWithSearch } from "./users/list-users-with-search.ts";
import { readUser } from "./users/read-user.ts";
import { updateUser } from "./users/update-user.ts";

const users = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ ...SAMPLE_OKTA_USER, id: `00u${index}` }));

describe("lists", () => {
  it("go on page by page and stop at the limit", async () => {
    const unasked = new CardError("The third page was asked for.", { kind: "bug", code: "unasked" });
    const answers = [{ body: users(200) }, { body: users(200) }, unasked];
    const { outputs } = await runOktaCard(listGroupMembers, {
      inputs: { group: "00g1", recordLimit: 250 },
      answers,
    });
    expect(outputs?.users).toHaveLength(250);
  });

  it("end where Okta has no more", async () => {
    const call = {
      inputs: { group: "00g1", recordLimit: 250 },
      answers: [{ body: users(200) }, { body: users(7) }],
    };
    expect((await runOktaCard(listGroupMembers, call)).outputs?.users).toHaveLength(207);
  });

  it.each([-1, 2.5, 1_000_001])("refuse a limit of %d", async (recordLimit) => {
    const call = { inputs: { query: "a", recordLimit }, options: { resultSet: "all" } };
    await expect(runOktaCard(findUsers, call)).rejects.toMatchObject({
      details: { kind: "input", field: ["recordLimit"] },
    });
  });

  it("leave out the raw body of each user, where the list is not asked for by filter or search", async () => {
    const call = { inputs: { query: "a" }, options: { resultSet: "all" }, answers: [{ body: users(1) }] };
    const { outputs } = await runOktaCard(findUsers, call);
    expect(outputs?.users).toEqual([expect.not.objectContaining({ rawBody: expect.anything() })]);
    const searched = { ...call, inputs: { status: "ACTIVE" } };
    expect((await runOktaCard(listUsersWithSearch, searched)).outputs?.users).toEqual([
      expect.objectContaining({ rawBody: users(1)[0] }),
    ]);
    expect(outputs?.users).toEqual([
      expect.objectContaining({ login: "ann.lee@example.com", email: "ann.lee@example.com" }),
    ]);
  });
});

describe("ids", () => {
  it.each(["..", ".", "me", " "])("%j never reach Okta", async (user) => {
    await expect(runOktaCard(readUser, { inputs: { user } })).rejects.toMatchObject({
      details: { kind: "input", field: ["user"] },
    });
  });
});

describe("Update User", () => {
  it("refuses to send nothing", async () => {
    const call = { inputs: { user: "00u1", profile: { title: "" } } };
    await expect(runOktaCard(updateUser, call)).rejects.toMatchObject({
      details: { code: "nothing-to-update" },
    });
  });

  it("sends null for what is cleared on purpose, and never for the login", async () => {
    const profile = { title: null, login: null, badgeNumber: null, city: "Oslo", state: "" };
    const { requests } = await runOktaCard(updateUser, { inputs: { user: "00u1", profile } });
    expect(requests[0]?.body).toEqual({ profile: { title: null, badgeNumber: null, city: "Oslo" } });
  });

  it("refuses half a recovery question, naming the missing half", async () => {
    const call = { inputs: { user: "00u1", recoveryQuestion: "Pet?" } };
    await expect(runOktaCard(updateUser, call)).rejects.toMatchObject({
      details: { field: ["recoveryAnswer"] },
    });
  });
});

describe("custom attributes", () => {
  it("pass through the profile as they are", async () => {
    const body = {
      ...SAMPLE_OKTA_USER,
      profile: { login: "a@b.c", badges: ["x"], cleared: false, gone: null },
    };
    const { outputs } = await runOktaCard(readUser, { inputs: { user: "00u1" }, answers: [{ body }] });
    expect(outputs?.profile).toEqual({ login: "a@b.c", badges: ["x"], cleared: false });
  });
});
