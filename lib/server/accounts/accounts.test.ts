import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PERMISSIONS } from "#lib/api/endpoint.ts";
import { authenticate } from "./current-actor.ts";
import { listSessions, me, revokeSession } from "./sessions.ts";
import { createOwner, setupNeeded } from "./setup.ts";
import { signIn, signOut } from "./sign-in.ts";
import { cookieOf, HOST, OWNER, openTestConsole, request } from "./test-console.ts";

let console_: Awaited<ReturnType<typeof openTestConsole>>;
beforeAll(async () => {
  console_ = await openTestConsole();
});
afterAll(() => console_.drop());
beforeEach(async () => {
  await console_.prisma.user.deleteMany();
  await console_.prisma.auditEntry.deleteMany();
});

const DAY_MS = 24 * 60 * 60 * 1000;
const withCookie = (cookie: string) => new Headers({ cookie, host: HOST });
const signInAs = (email: string, password: string) =>
  signIn({ body: { email, password }, request: request("POST", "/api/auth/sign-in/email") });

async function callerOf(cookie: string) {
  const caller = await authenticate(withCookie(cookie));
  if (caller === undefined) throw new Error("The cookie is not accepted.");
  return caller;
}

describe("setting up", () => {
  test("creates the owner, signed in", async () => {
    expect(await setupNeeded()).toBe(true);
    const cookie = await console_.setUp();
    expect(await setupNeeded()).toBe(false);
    const caller = await callerOf(cookie);
    expect(caller).toMatchObject({ by: "cookie", actor: { kind: "user", name: "Ann Lee", role: "owner" } });
    expect(await me({ caller })).toEqual({
      name: "Ann Lee",
      email: "ann@example.com",
      role: "owner",
      permissions: [...PERMISSIONS],
    });
  });

  test("of many visitors at once exactly one becomes the owner", async () => {
    const visitors = Array.from({ length: 6 }, (_, index) =>
      createOwner({
        body: { ...OWNER, email: `visitor${index}@example.com` },
        request: request("POST", "/api/setup"),
      }),
    );
    const outcomes = await Promise.allSettled(visitors);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
    }
    expect(await console_.prisma.user.count()).toBe(1);
    expect(await console_.prisma.account.count()).toBe(1);
  });

  test("is refused once there is an account", async () => {
    await console_.setUp();
    await expect(console_.setUp()).rejects.toMatchObject({ code: "conflict", status: 409 });
  });
});

describe("signing in", () => {
  test("sets a cookie scripts can't read and other sites don't send", async () => {
    await console_.setUp();
    const reply = await signInAs("ANN@example.com", OWNER.password);
    const [cookie] = reply.headers.getSetCookie();
    expect(cookie).toMatch(/^flowdeck-session=/);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(reply.answer).toEqual({ ok: true });
  });

  test("answers a wrong password and an unknown address alike, and records both", async () => {
    await console_.setUp();
    const wrong = await signInAs(OWNER.email, "wrong horse battery").catch((error) => error);
    const unknown = await signInAs("bob@example.com", OWNER.password).catch((error) => error);
    expect(wrong).toMatchObject({ code: "not-signed-in" });
    expect(unknown.body).toEqual(wrong.body);
    const refused = await console_.prisma.auditEntry.findMany({ where: { action: "session.refused" } });
    expect(refused.map((entry) => entry.detail)).toEqual([
      { email: OWNER.email },
      { email: "bob@example.com" },
    ]);
    expect(JSON.stringify(refused.map((entry) => entry.detail))).not.toContain("horse");
  });

  test("stops after ten wrong tries, also for the right password", async () => {
    await console_.setUp();
    const email = "guessed@example.com";
    for (let index = 0; index < 10; index++) {
      await expect(signInAs(email, "guess")).rejects.toMatchObject({ code: "not-signed-in" });
    }
    await expect(signInAs(email, "guess")).rejects.toMatchObject({ code: "too-many-requests", status: 429 });
  });

  test("a changed cookie is worth nothing", async () => {
    const cookie = await console_.setUp();
    const middle = Math.floor(cookie.length / 2);
    const changed = cookie.slice(0, middle) + (cookie[middle] === "A" ? "B" : "A") + cookie.slice(middle + 1);
    expect(await authenticate(withCookie(changed))).toBeUndefined();
    const [session] = await console_.prisma.session.findMany();
    expect(await authenticate(withCookie(`flowdeck-session=${session?.token}`))).toBeUndefined();
  });

  test("a cookie for this machine is not taken under another name", async () => {
    const cookie = await console_.setUp();
    expect(await authenticate(new Headers({ cookie, host: "flows.example.com" }))).toBeUndefined();
  });
});

describe("sessions", () => {
  test("end with signing out, and the cookie is cleared", async () => {
    const cookie = await console_.setUp();
    const reply = await signOut({ request: request("POST", "/api/auth/sign-out", { headers: { cookie } }) });
    expect(reply.headers.getSetCookie().join()).toMatch(/flowdeck-session=;.*Max-Age=0/i);
    expect(await authenticate(withCookie(cookie))).toBeUndefined();
    expect(await console_.prisma.session.count()).toBe(0);
  });

  test("end seven days after sign-in, however busy", async () => {
    const cookie = await console_.setUp();
    const [session] = await console_.prisma.session.findMany();
    const lifetime = (session?.expiresAt.getTime() ?? 0) - (session?.createdAt.getTime() ?? 0);
    expect(Math.abs(lifetime - 7 * DAY_MS)).toBeLessThan(10_000);
    // Two days before its end, used all the time: its end stays where it is.
    const expiresAt = new Date(Date.now() + 2 * DAY_MS);
    await console_.prisma.session.updateMany({ data: { expiresAt } });
    await callerOf(cookie);
    expect((await console_.prisma.session.findFirst())?.expiresAt).toEqual(expiresAt);
    await console_.prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await authenticate(withCookie(cookie))).toBeUndefined();
  });

  test("end after a day without use", async () => {
    const cookie = await console_.setUp();
    await console_.pool.query("update sessions set updated_at = now() - interval '23 hours'");
    await callerOf(cookie);
    const touched = await console_.prisma.session.findFirst();
    expect(Date.now() - (touched?.updatedAt.getTime() ?? 0)).toBeLessThan(60_000);
    await console_.pool.query("update sessions set updated_at = now() - interval '25 hours'");
    expect(await authenticate(withCookie(cookie))).toBeUndefined();
    expect(await console_.prisma.session.count()).toBe(0);
  });

  test("are listed and ended by their owner only", async () => {
    const first = await console_.setUp();
    const second = cookieOf(await signInAs(OWNER.email, OWNER.password));
    const { sessions } = await listSessions({ caller: await callerOf(second) });
    expect(sessions.map((session) => session.current).sort()).toEqual([false, true]);
    const other = sessions.find((session) => !session.current)?.id ?? "";
    const stranger = {
      by: "cookie",
      actor: { kind: "user", id: "somebody", name: "Bob", role: "owner" },
    } as const;
    await expect(revokeSession({ caller: stranger, params: { id: other } })).rejects.toMatchObject({
      code: "not-found",
    });
    await revokeSession({ caller: await callerOf(second), params: { id: other } });
    expect(await authenticate(withCookie(first))).toBeUndefined();
    expect(await authenticate(withCookie(second))).toBeDefined();
  });

  test("of an account with an unknown role are refused, not guessed at", async () => {
    const cookie = await console_.setUp();
    await console_.prisma.user.updateMany({ data: { role: "superhero" } });
    await expect(authenticate(withCookie(cookie))).rejects.toMatchObject({ code: "forbidden" });
  });
});
