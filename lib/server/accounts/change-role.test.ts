import { afterAll, beforeAll, expect, test } from "vitest";
import type { GivenRole } from "#lib/api/accounts.ts";
import type { Actor } from "./actor.ts";
import { removeAdmin } from "./admins.ts";
import { changeRole } from "./change-role.ts";
import { authenticate } from "./current-actor.ts";
import { actorOf, HOST, join, openTestConsole } from "./test-console.ts";
import { createToken } from "./tokens.ts";

let console_: Awaited<ReturnType<typeof openTestConsole>>;
let owner: Actor;
beforeAll(async () => {
  console_ = await openTestConsole();
  owner = await actorOf(await console_.setUp());
});
afterAll(() => console_.drop());

const change = (id: string, role: GivenRole, actor = owner) =>
  changeRole({ actor, params: { id }, body: { role } });
const withToken = (token: string) =>
  authenticate(new Headers({ authorization: `Bearer ${token}`, host: HOST }));
const auditOf = async (objectId: string, action: string) =>
  (await console_.prisma.auditEntry.findMany({ where: { objectId, action }, orderBy: { id: "asc" } })).map(
    ({ actor, detail }) => ({ actor, detail }),
  );

test("an invitation gives the role the owner chose", async () => {
  const { id, actor } = await join(owner, "viewer");
  expect(actor.role).toBe("viewer");
  expect(await auditOf(id, "account.create")).toEqual([
    { actor: `user:${owner.id}`, detail: { role: "viewer" } },
  ]);
});

test("a session acts with the new role at once, and its API tokens end with the right to make them", async () => {
  const { id, cookie, actor } = await join(owner, "admin");
  const { token } = await createToken({ actor, body: { name: "Of the admin" } });
  const kept = await createToken({ actor: owner, body: { name: "Of the owner" } });
  expect(await withToken(token)).toBeDefined();
  expect(await change(id, "viewer")).toEqual({ ok: true });
  expect((await actorOf(cookie)).role).toBe("viewer");
  await expect(withToken(token)).rejects.toMatchObject({ code: "not-signed-in" });
  expect(await withToken(kept.token)).toBeDefined();
  await change(id, "viewer");
  await change(id, "admin");
  expect((await actorOf(cookie)).role).toBe("admin");
  const by = `user:${owner.id}`;
  expect(await auditOf(id, "account.role")).toEqual([
    { actor: by, detail: { from: "admin", to: "viewer", tokens: 1 } },
    { actor: by, detail: { from: "viewer", to: "admin", tokens: 0 } },
  ]);
});

test("a token that is being made while its maker becomes a viewer, or is removed, is not left over", async () => {
  const ends = [
    (id: string) => change(id, "viewer"),
    (id: string) => removeAdmin({ actor: owner, params: { id } }),
  ];
  for (const end of ends) {
    const { id, actor } = await join(owner, "admin");
    // Let in as an admin, and slower than the owner: its rights are asked again where the row is held.
    const late = await Promise.allSettled([
      end(id),
      ...Array.from({ length: 4 }, () => createToken({ actor, body: { name: "Late" } })),
    ]);
    expect(late[0].status).toBe("fulfilled");
    expect(await console_.prisma.apiToken.count({ where: { createdById: id } })).toBe(0);
    await expect(createToken({ actor, body: { name: "Later" } })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
});

test("an owner stays one, and only owners decide", async () => {
  const viewer = await join(owner, "viewer");
  const admin = await join(owner, "admin");
  await expect(change(owner.id, "viewer")).rejects.toMatchObject({ code: "conflict" });
  await expect(change(viewer.id, "admin", viewer.actor)).rejects.toMatchObject({ code: "forbidden" });
  await expect(change(viewer.id, "admin", admin.actor)).rejects.toMatchObject({ code: "forbidden" });
  await expect(change("nobody", "admin")).rejects.toMatchObject({ code: "not-found" });
  expect((await actorOf(viewer.cookie)).role).toBe("viewer");
});
