import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import type { JsonObject } from "../../flow/json.ts";
import { SAMPLE_OKTA_USER } from "./samples.ts";
import { runOktaCard } from "./test-okta-card.ts";
import { type Answer, notFound } from "./test-okta-client.ts";
import { createUser } from "./users/create-user.ts";
import { deleteUser } from "./users/delete-user.ts";
import { activateUser, deactivateUser, suspendUser, unsuspendUser } from "./users/lifecycle.ts";

/** The lost attempt began at 09:00:00. */
const now = new Date("2026-11-21T09:00:00.000Z");
const BEFORE = "2026-11-21T08:59:54.000Z";
const JUST_BEFORE = "2026-11-21T08:59:58.000Z";
const AFTER = "2026-11-21T09:00:01.000Z";

const okta = (user: JsonObject): Answer => ({ body: { ...SAMPLE_OKTA_USER, ...user } });

describe("Create User reads back", () => {
  const profile = {
    login: "Ann.Lee@example.com",
    firstName: "Ann",
    lastName: "Lee",
    email: "ann.lee@example.com",
  };
  const readBack = async (answer: Answer) => {
    const call = { inputs: { profile }, answers: [answer], now };
    return (await runOktaCard(createUser, call, "readBack")).outputs;
  };

  const ours = { ...SAMPLE_OKTA_USER, profile: { login: profile.login } };

  it.each([now.toISOString(), AFTER])("a user created at %s as its own", async (created) => {
    expect(await readBack(okta({ created }))).toMatchObject({ id: SAMPLE_OKTA_USER.id, status: "ACTIVE" });
  });

  it("a user created closer to the attempt than clocks are exact as unclear", async () => {
    await expect(readBack({ body: { ...ours, created: JUST_BEFORE } })).rejects.toMatchObject({
      details: { code: "outcome-ambiguous" },
    });
  });

  it("an older user as somebody else's", async () => {
    expect(await readBack(okta({ created: BEFORE }))).toBeNull();
  });

  it("nothing where the login is free", async () => {
    expect(await readBack(notFound())).toBeNull();
  });

  it("nothing where Okta found another login", async () => {
    const other = { ...SAMPLE_OKTA_USER, created: AFTER, profile: { login: "ann.lee@other.example" } };
    expect(await readBack({ body: other })).toBeNull();
  });

  it("and passes on that Okta did not answer", async () => {
    const down = new CardError("No answer.", { kind: "unavailable", code: "timeout" });
    await expect(readBack(down)).rejects.toBe(down);
  });
});

describe("a lifecycle card reads back", () => {
  const cases = [
    ["activate", activateUser, "PROVISIONED", "STAGED"],
    ["activate", activateUser, "ACTIVE", "DEPROVISIONED"],
    ["deactivate", deactivateUser, "DEPROVISIONED", "ACTIVE"],
    ["suspend", suspendUser, "SUSPENDED", "ACTIVE"],
    ["unsuspend", unsuspendUser, "ACTIVE", "SUSPENDED"],
  ] as const;

  it.each(cases)("%s as done, from the status it leads to", async (_, card, done) => {
    const call = { inputs: { user: "00u1" }, answers: [okta({ status: done, statusChanged: AFTER })], now };
    const { outputs, requests } = await runOktaCard(card, call, "readBack");
    expect(outputs).toEqual({ statusCode: 200, rawBody: null });
    expect(requests).toEqual([{ method: "GET", path: "/api/v1/users/00u1" }]);
  });

  it.each(cases)("%s as not done, from the status before", async (_, card, __, before) => {
    const call = { inputs: { user: "00u1" }, answers: [okta({ status: before, statusChanged: AFTER })], now };
    expect((await runOktaCard(card, call, "readBack")).outputs).toBeNull();
  });

  it.each(cases)("%s as not done, where the status is older than the attempt", async (_, card, done) => {
    const call = { inputs: { user: "00u1" }, answers: [okta({ status: done, statusChanged: BEFORE })], now };
    expect((await runOktaCard(card, call, "readBack")).outputs).toBeNull();
  });

  it("as done while Okta is still at it", async () => {
    const body = { status: "ACTIVE", transitioningToStatus: "DEPROVISIONED", statusChanged: AFTER };
    const call = { inputs: { user: "00u1" }, answers: [okta(body)], now };
    expect((await runOktaCard(deactivateUser, call, "readBack")).outputs).toEqual({
      statusCode: 200,
      rawBody: null,
    });
  });

  it("as not done where the user is gone", async () => {
    const call = { inputs: { user: "00u1" }, answers: [notFound()], now };
    expect((await runOktaCard(suspendUser, call, "readBack")).outputs).toBeNull();
  });
});

describe("Delete User reads back", () => {
  const readBack = async (answer: Answer) => {
    const call = { inputs: { user: "00u1" }, answers: [answer], now };
    return (await runOktaCard(deleteUser, call, "readBack")).outputs;
  };

  it("as done where the user is gone", async () => {
    expect(await readBack(notFound())).toEqual({ statusCode: 204, rawBody: null });
  });

  it("as not done where the user was deactivated long before: it would delete them, once or twice", async () => {
    expect(await readBack(okta({ status: "DEPROVISIONED", statusChanged: BEFORE }))).toBeNull();
  });

  it.each([
    ["was just deactivated: sent again, it would delete", "DEPROVISIONED", AFTER],
    ["is as before: a late first call would deactivate, and another one delete", "ACTIVE", BEFORE],
  ])("as unclear where the user %s", async (_what, status, statusChanged) => {
    await expect(readBack(okta({ status, statusChanged }))).rejects.toMatchObject({
      details: { code: "outcome-ambiguous" },
    });
  });
});
