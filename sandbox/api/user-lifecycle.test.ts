import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setStatus } from "../org/lifecycle.ts";
import type { UserRecord, UserStatus } from "../org/users.ts";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, GOOD_PASSWORD, newProfile, type Send } from "../test-client.ts";

const STATUSES: UserStatus[] = [
  "STAGED",
  "PROVISIONED",
  "ACTIVE",
  "RECOVERY",
  "LOCKED_OUT",
  "PASSWORD_EXPIRED",
  "SUSPENDED",
  "DEPROVISIONED",
];

/** One row of Okta's table: where the operation works, where it leads, what it answers elsewhere. */
interface Row {
  path: string;
  from: UserStatus[];
  to: UserStatus | "same";
  success: number;
  refusal: [number, string];
  event: string;
  body?: unknown;
}

const all = (...except: UserStatus[]) => STATUSES.filter((status) => !except.includes(status));
const question = { question: "Which river?", answer: "danube" };

const ROWS: Record<string, Row> = {
  activate: {
    path: "lifecycle/activate",
    from: ["STAGED", "DEPROVISIONED"],
    to: "PROVISIONED",
    success: 200,
    refusal: [403, "E0000016"],
    event: "user.lifecycle.activate",
  },
  reactivate: {
    path: "lifecycle/reactivate",
    from: ["PROVISIONED", "RECOVERY"],
    to: "same",
    success: 200,
    refusal: [403, "E0000038"],
    event: "user.lifecycle.reactivate",
  },
  deactivate: {
    path: "lifecycle/deactivate",
    from: all("DEPROVISIONED"),
    to: "DEPROVISIONED",
    success: 200,
    refusal: [404, "E0000007"],
    event: "user.lifecycle.deactivate",
  },
  suspend: {
    path: "lifecycle/suspend",
    from: ["ACTIVE"],
    to: "SUSPENDED",
    success: 200,
    refusal: [400, "E0000001"],
    event: "user.lifecycle.suspend",
  },
  unsuspend: {
    path: "lifecycle/unsuspend",
    from: ["SUSPENDED"],
    to: "ACTIVE",
    success: 200,
    refusal: [400, "E0000001"],
    event: "user.lifecycle.unsuspend",
  },
  unlock: {
    path: "lifecycle/unlock",
    from: ["LOCKED_OUT"],
    to: "ACTIVE",
    success: 200,
    refusal: [403, "E0000032"],
    event: "user.account.unlock_by_admin",
  },
  expire_password: {
    path: "lifecycle/expire_password",
    from: ["ACTIVE"],
    to: "PASSWORD_EXPIRED",
    success: 200,
    refusal: [403, "E0000038"],
    event: "user.account.expire_password",
  },
  reset_password: {
    path: "lifecycle/reset_password?sendEmail=true",
    from: all("STAGED", "DEPROVISIONED"),
    to: "RECOVERY",
    success: 200,
    refusal: [403, "E0000038"],
    event: "user.account.reset_password",
  },
  reset_factors: {
    path: "lifecycle/reset_factors",
    from: STATUSES,
    to: "same",
    success: 200,
    refusal: [0, ""],
    event: "user.mfa.factor.reset_all",
  },
  forgot_password: {
    path: "credentials/forgot_password",
    from: ["ACTIVE"],
    to: "same",
    success: 200,
    refusal: [403, "E0000034"],
    event: "user.account.reset_password",
  },
};

const CREDENTIAL_ROWS: Record<string, Row> = {
  change_password: {
    path: "credentials/change_password",
    from: ["STAGED", "ACTIVE", "PASSWORD_EXPIRED", "RECOVERY"],
    to: "same",
    success: 200,
    refusal: [403, "E0000035"],
    event: "user.account.update_password",
    body: { oldPassword: { value: GOOD_PASSWORD }, newPassword: { value: "Second-Wall-88" } },
  },
  change_recovery_question: {
    path: "credentials/change_recovery_question",
    from: ["STAGED", "ACTIVE", "RECOVERY"],
    to: "same",
    success: 200,
    refusal: [403, "E0000036"],
    event: "user.mfa.factor.update",
    body: { password: { value: GOOD_PASSWORD }, recovery_question: question },
  },
};

let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

async function make(status: UserStatus, password = true): Promise<UserRecord> {
  const made = await send("POST", "/api/v1/users?activate=false", {
    profile: newProfile(),
    ...(password ? { credentials: { password: { value: GOOD_PASSWORD }, recovery_question: question } } : {}),
  });
  const user = sandbox.org.users.byId(String(made.body.id));
  if (!user) throw new Error("The user was not created.");
  const secret = user.password;
  if (status !== "STAGED") setStatus(sandbox.org, user, status);
  user.password = secret;
  return user;
}

const eventsOf = (user: UserRecord) =>
  sandbox.org.log.records
    .filter((record) => record.target?.[0]?.id === user.id)
    .map((record) => record.eventType);

for (const [name, row] of Object.entries({ ...ROWS, ...CREDENTIAL_ROWS })) {
  describe(name, () => {
    const password = row.path.startsWith("credentials");
    for (const status of STATUSES) {
      const allowed = row.from.includes(status);
      it(`${status}: ${allowed ? "works" : `answers ${row.refusal.join(" ")}`}`, async () => {
        const user = await make(status, password);
        const before = eventsOf(user).length;
        const answer = await send("POST", `/api/v1/users/${user.id}/${row.path}`, row.body);
        if (!allowed) {
          expect([answer.status, answer.body.errorCode]).toEqual(row.refusal);
          expect(user.status).toBe(status);
          expect(eventsOf(user)).toHaveLength(before);
          return;
        }
        expect(answer.status).toBe(row.success);
        const opened = name === "change_password" && ["RECOVERY", "PASSWORD_EXPIRED"].includes(status);
        const expected = row.to === "same" ? status : row.to;
        expect(user.status).toBe(opened ? "ACTIVE" : expected);
        expect(eventsOf(user)).toContain(row.event);
        expect(eventsOf(user)).toHaveLength(before + 1);
      });
    }
  });
}

describe("what the table does not say", () => {
  let user: UserRecord;
  beforeEach(async () => {
    user = await make("STAGED");
  });
  const step = (path: string, body?: unknown) => send("POST", `/api/v1/users/${user.id}/${path}`, body);

  it("activates a user with a password to ACTIVE and says nothing more", async () => {
    const answer = await step("lifecycle/activate?sendEmail=false");
    expect(user.status).toBe("ACTIVE");
    expect(answer.body).toEqual({});
  });

  it("answers the activation token only when no mail is sent", async () => {
    user = await make("STAGED", false);
    const answer = await step("lifecycle/activate?sendEmail=false");
    expect(answer.body).toMatchObject({
      activationToken: expect.any(String),
      activationUrl: expect.any(String),
    });
    expect((await step("lifecycle/reactivate?sendEmail=true")).body).toEqual({});
    expect((await step("lifecycle/reactivate")).body.activationToken).toEqual(expect.any(String));
  });

  it("expires a password and answers the user", async () => {
    setStatus(sandbox.org, user, "ACTIVE");
    const answer = await step("lifecycle/expire_password");
    expect(answer.body).toMatchObject({ id: user.id, status: "PASSWORD_EXPIRED" });
  });

  it("insists on sendEmail for reset_password", async () => {
    setStatus(sandbox.org, user, "ACTIVE");
    expect((await step("lifecycle/reset_password")).body.errorCode).toBe("E0000028");
    const answer = await step("lifecycle/reset_password?sendEmail=false");
    expect(answer.body.resetPasswordUrl).toContain("/reset_password/");
  });

  it("makes a user federated, without an email", async () => {
    setStatus(sandbox.org, user, "RECOVERY");
    const federate = (sendEmail: boolean) =>
      step(`lifecycle/reset_password?provider=FEDERATION&sendEmail=${sendEmail}`);
    expect((await federate(true)).body.errorCode).toBe("E0000001");
    expect(await federate(false)).toMatchObject({ status: 200, body: {} });
    expect(user).toMatchObject({ status: "ACTIVE", password: null, provider: { type: "FEDERATION" } });
    setStatus(sandbox.org, user, "DEPROVISIONED");
    expect((await federate(false)).body.errorCode).toBe("E0000038");
  });

  it("refuses a wrong old password, a weak new one, and a wrong recovery answer", async () => {
    setStatus(sandbox.org, user, "ACTIVE");
    const change = (old: string, next: string) =>
      step("credentials/change_password", { oldPassword: { value: old }, newPassword: { value: next } });
    expect((await change("wrong", "Second-Wall-88")).body.errorCode).toBe("E0000014");
    expect((await change(GOOD_PASSWORD, "short")).body.errorCode).toBe("E0000014");
    const recover = (answer: string) =>
      step("credentials/forgot_password_recovery_question", {
        password: { value: "Third-Wall-99" },
        recovery_question: { answer },
      });
    expect((await recover("rhine")).body.errorCode).toBe("E0000087");
    expect((await recover("danube")).status).toBe(200);
    expect((await change("Third-Wall-99", "Fourth-Wall-11")).status).toBe(200);
  });

  it("deletes in two steps, then knows the user no more", async () => {
    const remove = () => send("DELETE", `/api/v1/users/${user.id}`);
    expect((await remove()).status).toBe(204);
    expect(user.status).toBe("DEPROVISIONED");
    expect((await remove()).status).toBe(204);
    expect((await remove()).body.errorCode).toBe("E0000007");
    expect(eventsOf(user).slice(-3)).toEqual([
      "user.lifecycle.deactivate",
      "user.lifecycle.delete.initiated",
      "user.lifecycle.delete.completed",
    ]);
    expect(sandbox.org.everyone().members.has(user.id)).toBe(false);
  });

  it("shows the links of each status", async () => {
    const links = async () =>
      Object.keys((await send("GET", `/api/v1/users/${user.id}`)).body._links as object).filter(
        (name) => !["self", "schema", "type"].includes(name),
      );
    expect(await links()).toEqual(["activate"]);
    await step("lifecycle/activate");
    expect((await links()).sort()).toEqual([
      "changePassword",
      "changeRecoveryQuestion",
      "deactivate",
      "expirePassword",
      "forgotPassword",
      "resetPassword",
      "suspend",
    ]);
    await step("lifecycle/deactivate");
    expect(await links()).toEqual(["activate", "delete"]);
  });
});
