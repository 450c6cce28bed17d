import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { deleteConnection } from "../connections/delete-connection.ts";
import { getConnection } from "../connections/list-connections.ts";
import { connectByConsent } from "../connections/test-consent.ts";
import { openTestOrg } from "../connections/test-org.ts";
import type { Actor } from "./actor.ts";
import { addAdmin, listAdmins, removeAdmin, renewInvite } from "./admins.ts";
import { changePassword } from "./change-password.ts";
import { authenticate } from "./current-actor.ts";
import { acceptInvite } from "./invites.ts";
import { createOwner } from "./setup.ts";
import { signIn } from "./sign-in.ts";
import { actorOf, cookieOf, HOST, join, OWNER, request } from "./test-console.ts";
import { createToken } from "./tokens.ts";

let org: Awaited<ReturnType<typeof openTestOrg>>;
let owner: Actor;
let ownerCookie: string;
let people = 0;

beforeAll(async () => {
  org = await openTestOrg();
  ownerCookie = cookieOf(await createOwner({ body: OWNER, request: request("POST", "/api/setup") }));
  owner = await actorOf(ownerCookie);
});
afterAll(() => org.close());
afterEach(() => org.sandbox.reset());

async function callerOf(cookie: string) {
  const caller = await authenticate(new Headers({ cookie, host: HOST }));
  if (!caller) throw new Error("The cookie is not accepted.");
  return caller;
}
const accept = (inviteUrl: string, password = "chosen by myself") =>
  acceptInvite({
    body: { token: new URL(inviteUrl).hash.slice(1), password },
    request: request("POST", "/api/invites/accept"),
  });
const signInAs = (email: string, password: string) =>
  signIn({ body: { email, password }, request: request("POST", "/api/auth/sign-in/email") });

const admin = () => join(owner, "admin");

describe("an invitation", () => {
  it("makes an account nobody can sign in to until its person has chosen a password", async () => {
    const body = { name: "Bea", email: "Bea@Example.com", role: "admin" } as const;
    const { id, inviteUrl } = await addAdmin({ actor: owner, body });
    await expect(signInAs("bea@example.com", "")).rejects.toMatchObject({ code: "not-signed-in" });
    const before = (await listAdmins({ actor: owner })).admins.find((each) => each.id === id);
    expect(before).toMatchObject({
      email: "bea@example.com",
      role: "admin",
      invited: true,
      lastSeenAt: null,
    });
    const stored = JSON.stringify(await org.prisma.verification.findMany());
    expect(stored).not.toContain(new URL(inviteUrl).hash.slice(1));
    const { actor } = await callerOf(cookieOf(await accept(inviteUrl)));
    expect(actor).toMatchObject({ id, role: "admin", name: "Bea" });
    await expect(accept(inviteUrl)).rejects.toMatchObject({ code: "not-found" });
    await signInAs("bea@example.com", "chosen by myself");
    await expect(addAdmin({ actor: owner, body })).rejects.toMatchObject({ code: "conflict" });
  });

  it("ends after three days, and with a newer one", async () => {
    const email = `late${++people}@example.com`;
    const first = await addAdmin({ actor: owner, body: { name: "Late", email, role: "admin" } });
    const second = await renewInvite({ actor: owner, params: { id: first.id } });
    await expect(accept(first.inviteUrl)).rejects.toMatchObject({ code: "not-found" });
    await org.prisma.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    await expect(accept(second.inviteUrl)).rejects.toMatchObject({ code: "not-found" });
  });

  it("is made by owners only", async () => {
    const { actor, id } = await admin();
    const body = { name: "Cy", email: "cy@example.com", role: "viewer" } as const;
    await expect(addAdmin({ actor, body })).rejects.toMatchObject({ code: "forbidden" });
    await expect(renewInvite({ actor, params: { id: owner.id } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(removeAdmin({ actor, params: { id } })).rejects.toMatchObject({ code: "forbidden" });
    expect((await listAdmins({ actor })).mayManage).toBe(false);
  });
});

describe("changing the own password", () => {
  it("needs the current one, and ends the other sessions", async () => {
    const { email, cookie } = await admin();
    const other = cookieOf(await signInAs(email, "chosen by myself"));
    const caller = await callerOf(cookie);
    const body = { current: "not it", password: "a better password" };
    await expect(changePassword({ caller, body })).rejects.toMatchObject({ code: "bad-request" });
    await changePassword({ caller, body: { ...body, current: "chosen by myself" } });
    await callerOf(cookie);
    await expect(callerOf(other)).rejects.toThrow("not accepted");
    await expect(signInAs(email, "chosen by myself")).rejects.toMatchObject({ code: "not-signed-in" });
    await signInAs(email, "a better password");
  });

  it("counts as a try to sign in", async () => {
    const { cookie } = await admin();
    const caller = await callerOf(cookie);
    const body = { current: "a guess", password: "a better password" };
    for (let guess = 0; guess < 10; guess++) await changePassword({ caller, body }).catch(() => undefined);
    await expect(changePassword({ caller, body })).rejects.toMatchObject({ code: "too-many-requests" });
  });
});

describe("removing an admin", () => {
  it("ends sessions and API tokens, and never takes the last owner", async () => {
    const { id, cookie, actor } = await admin();
    const { token } = await createToken({ actor, body: { name: "Of the admin" } });
    const kept = await createToken({ actor: owner, body: { name: "Of the owner" } });
    const withToken = (text: string) =>
      authenticate(new Headers({ authorization: `Bearer ${text}`, host: HOST }));
    expect(await withToken(token)).toBeDefined();
    expect(await removeAdmin({ actor: owner, params: { id } })).toEqual({ ok: true });
    await expect(callerOf(cookie)).rejects.toThrow("not accepted");
    await expect(withToken(token)).rejects.toMatchObject({ code: "not-signed-in" });
    expect(await withToken(kept.token)).toBeDefined();
    await expect(removeAdmin({ actor: owner, params: { id } })).rejects.toMatchObject({ code: "not-found" });
    await expect(removeAdmin({ actor: owner, params: { id: owner.id } })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("revokes at Okta what the admin consented to, and says on the connection whose consent is missing", async () => {
    const { id, actor } = await admin();
    await connectByConsent(actor, org.sandbox, "of-the-admin");
    await connectByConsent(owner, org.sandbox, "of-the-owner");
    const { oauth } = org.sandbox.org;
    expect([...oauth.tokens()]).toHaveLength(4);
    const listed = (await listAdmins({ actor: owner })).admins.find((each) => each.id === id);
    expect(listed?.connections).toEqual([{ name: "Org of-the-admin", auth: "oauth" }]);
    expect(await removeAdmin({ actor: owner, params: { id } })).toEqual({ ok: true });
    expect([...oauth.tokens()]).toHaveLength(2);
    const { id: theirs } = await org.prisma.connection.findUniqueOrThrow({
      where: { alias: "of-the-admin" },
    });
    expect(await getConnection(owner, theirs)).toMatchObject({
      status: "broken",
      statusDetail: `It was authorized by ${actor.name}, who was removed. Authorize it again.`,
    });
    expect(await org.prisma.alarm.count({ where: { objectId: theirs, closedAt: null } })).toBe(1);
    const { id: mine } = await org.prisma.connection.findUniqueOrThrow({ where: { alias: "of-the-owner" } });
    expect((await getConnection(owner, mine)).status).toBe("connected");
    await deleteConnection(owner, theirs);
    expect(await org.prisma.alarm.count({ where: { objectId: theirs, closedAt: null } })).toBe(0);
  });

  it("says what could not be revoked where an org can't be reached", async () => {
    const { id, actor } = await admin();
    await connectByConsent(actor, org.sandbox, "out-of-reach");
    await org.prisma.connection.update({
      where: { alias: "out-of-reach" },
      data: { orgUrl: "http://127.0.0.1:1" },
    });
    const { warning } = await removeAdmin({ actor: owner, params: { id } });
    expect(warning).toContain("could not be revoked at 127.0.0.1:1");
    expect((await listAdmins({ actor: owner })).admins.map((each) => each.id)).not.toContain(id);
  });
});
