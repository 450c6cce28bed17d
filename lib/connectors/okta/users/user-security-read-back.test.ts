import { describe, expect, it } from "vitest";
import { effectOf } from "../../../cards/effect.ts";
import { optionValues } from "../../../cards/effective-fields.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { runOktaCard } from "../test-okta-card.ts";
import { type Answer, notFound } from "../test-okta-client.ts";
import { changePassword } from "./change-password.ts";
import { expirePassword } from "./expire-password.ts";
import { forgotPassword } from "./forgot-password.ts";
import { unlockUser } from "./lifecycle.ts";
import { reactivateUser } from "./reactivate-user.ts";
import { resetPassword } from "./reset-password.ts";

/** The lost attempt began at 09:00:00. */
const now = new Date("2026-11-21T09:00:00.000Z");
const BEFORE = "2026-11-21T08:59:54.000Z";
const AFTER = "2026-11-21T09:00:01.000Z";

const okta = (user: JsonObject): Answer => ({ body: { ...SAMPLE_OKTA_USER, ...user } });

describe("a card that moves a user to a status reads back", () => {
  const cases = [
    ["Unlock User", unlockUser, "ACTIVE", { statusCode: 200 }],
    ["Reset Password", resetPassword, "RECOVERY", { statusCode: 200, resetPasswordUrl: null }],
    ["Expire Password", expirePassword, "PASSWORD_EXPIRED", { status: "PASSWORD_EXPIRED" }],
  ] as const;
  const readBack = async (card: (typeof cases)[number][1], answer: Answer) => {
    const call = { inputs: { user: "00u1" }, answers: [answer], now };
    return (await runOktaCard(card, call, "readBack")).outputs;
  };

  it.each(cases)(
    "%s as done, where the user is there since the attempt",
    async (_, card, status, outputs) => {
      expect(await readBack(card, okta({ status, statusChanged: AFTER }))).toMatchObject(outputs);
    },
  );

  it.each(cases)("%s as not done, where the status is older", async (_, card, status) => {
    expect(await readBack(card, okta({ status, statusChanged: BEFORE }))).toBeNull();
  });

  it.each(cases)("%s as not done, in any other status or without the user", async (_, card) => {
    expect(await readBack(card, okta({ status: "LOCKED_OUT", statusChanged: AFTER }))).toBeNull();
    expect(await readBack(card, notFound())).toBeNull();
  });
});

describe("Reset Password that converts reads back", () => {
  const readBack = async (type: string) => {
    const user = okta({ status: "ACTIVE", credentials: { provider: { type, name: type } } });
    const options = { convert: "yes" };
    const call = { inputs: { user: "00u1" }, options, answers: [user], now };
    return (await runOktaCard(resetPassword, call, "readBack")).outputs;
  };

  it("as done where the user is federated, and not done otherwise", async () => {
    expect(await readBack("FEDERATION")).toMatchObject({ statusCode: 200, resetPasswordUrl: null });
    expect(await readBack("OKTA")).toBeNull();
  });
});

describe("Expire Password with a temporary one", () => {
  const readBack = (user: JsonObject) =>
    runOktaCard(
      expirePassword,
      {
        inputs: { user: "00u1" },
        options: { temporaryPassword: "yes" },
        answers: [okta(user)],
        now,
      },
      "readBack",
    );

  it("asks a person where the password is gone with the answer", async () => {
    await expect(readBack({ status: "PASSWORD_EXPIRED", statusChanged: AFTER })).rejects.toMatchObject({
      details: { code: "outcome-ambiguous" },
    });
  });

  it("is sent again where nothing happened", async () => {
    expect((await readBack({ status: "ACTIVE", statusChanged: BEFORE })).outputs).toBeNull();
  });
});

describe("Change Password reads back", () => {
  const readBack = async (answer: Answer) => {
    const inputs = { user: "00u1", oldPassword: "a", newPassword: "b" };
    return (await runOktaCard(changePassword, { inputs, answers: [answer], now }, "readBack")).outputs;
  };

  it("a password changed since the attempt as its own", async () => {
    expect(await readBack(okta({ passwordChanged: AFTER }))).toEqual({
      statusCode: 200,
      recoveryQuestion: null,
      provider: { name: "OKTA", type: "OKTA" },
      rawBody: null,
    });
  });

  it("an older one as not changed", async () => {
    expect(await readBack(okta({ passwordChanged: BEFORE }))).toBeNull();
    expect(await readBack(notFound())).toBeNull();
  });
});

describe("what a lost answer leads to depends on whether an email may have been sent", () => {
  it.each([
    [reactivateUser, "ask"],
    [forgotPassword, "ask"],
    [resetPassword, "check"],
  ] as const)("%#", ({ description }, withEmail) => {
    const rule = (sendEmail: string) =>
      effectOf(description, optionValues(description, { options: { sendEmail } }));
    expect(rule("yes")).toEqual({ effect: "write", repeat: withEmail });
    expect(rule("no")).toEqual({ effect: "write", repeat: "safe" });
  });
});

describe("what opens an account", () => {
  it.each([
    [reactivateUser, ["activationUrl", "activationToken"]],
    [resetPassword, ["resetPasswordUrl"]],
    [forgotPassword, ["resetPasswordUrl"]],
    [expirePassword, ["tempPassword"]],
  ] as const)("%# is a secret output", ({ description }, keys) => {
    for (const key of keys) expect(description.outputs[key]?.secret, key).toBe(true);
  });

  it.each([[changePassword, ["oldPassword", "newPassword"]]] as const)(
    "%# is a secret input",
    ({ description }, keys) => {
      for (const key of keys) expect(description.inputs[key]?.secret, key).toBe(true);
    },
  );
});
