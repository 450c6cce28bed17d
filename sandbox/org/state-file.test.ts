import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startSandbox } from "../server.ts";
import { clientOf, linkOf, newProfile } from "../test-client.ts";
import { SEED_RESOURCE_SET_ID, SEED_ROLE_ID } from "./seed-iam.ts";

let folder: string;
let stateFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-state-"));
  stateFile = join(folder, "deep", "org.json");
});
afterEach(() => rm(folder, { recursive: true }));

describe("a state file", () => {
  it("carries users, memberships, hooks, ids and log cursors over a restart", async () => {
    const first = await startSandbox({ stateFile });
    const send = clientOf(first);
    const made = await send("POST", "/api/v1/users", { profile: newProfile() });
    const id = String(made.body.id);
    const sales = first.org.groups.byName("Sales")?.id;
    await send("PUT", `/api/v1/groups/${sales}/users/${id}`);
    await send("POST", "/api/v1/eventHooks", {
      name: "Flows",
      events: { type: "EVENT_TYPE", items: ["user.lifecycle.create"] },
      channel: { type: "HTTP", version: "1.0.0", config: { uri: "http://127.0.0.1:9/hook" } },
    });
    const next = new URL(linkOf((await send("GET", "/api/v1/logs")).headers, "next") ?? "");
    await first.close();

    const second = await startSandbox({ stateFile });
    try {
      const again = clientOf(second);
      expect((await again("GET", `/api/v1/users/${id}`)).body.profile).toEqual(made.body.profile);
      expect(second.org.groups.ofUser(id).map((group) => group.profile.name)).toEqual(["Everyone", "Sales"]);
      expect([...second.org.hooks.all()].map((hook) => hook.name)).toEqual(["Flows"]);
      const other = await again("POST", "/api/v1/users", { profile: newProfile() });
      expect(other.status).toBe(200);
      const later = await again("GET", next.pathname + next.search);
      expect(later.list.map((event) => event.eventType)).toEqual([
        "user.lifecycle.create",
        "user.lifecycle.activate",
      ]);
    } finally {
      await second.close();
    }
    expect(await readdir(join(folder, "deep"))).toEqual(["org.json"]);
  });

  it("carries roles and API tokens, and makes those of the environment good again", async () => {
    const first = await startSandbox({ stateFile });
    const send = clientOf(first);
    const zoe = first.org.users.find("zoe.papadaki")?.id ?? "";
    const [group] = (await send("GET", "/api/v1/groups?q=Product")).list;
    const roles = [`/api/v1/users/${zoe}/roles`, `/api/v1/groups/${String(group?.id)}/roles`] as const;
    await send("POST", roles[0], {
      type: "CUSTOM",
      role: SEED_ROLE_ID,
      "resource-set": SEED_RESOURCE_SET_ID,
    });
    await send("POST", roles[1], { type: "REPORT_ADMIN" });
    const held = (await send("GET", roles[0])).list;
    expect(held).toHaveLength(2);
    const made = await send("POST", "/sandbox/api-tokens", { user: "zoe.papadaki" });
    await send("DELETE", "/api/v1/api-tokens/current");
    await first.close();

    const second = await startSandbox({ stateFile });
    try {
      const again = clientOf(second);
      const kept = (await again("GET", roles[0])).list;
      expect(kept.map(({ id }) => id)).toEqual(held.map(({ id }) => id));
      const own = clientOf({ url: second.url, token: String(made.body.token) });
      expect((await own("GET", "/api/v1/users/me")).body.id).toBe(zoe);
      expect((await again("GET", "/api/v1/api-tokens")).list).toHaveLength(3);
    } finally {
      await second.close();
    }
  });

  it("carries accounts, rules, links, import sessions, clients and tokens too", async () => {
    const first = await startSandbox({ stateFile });
    const send = clientOf(first);
    const id = String((await send("GET", "/api/v1/users/mia.thompson")).body.id);
    const byLabel = (label: string) => [...first.org.apps.values()].find((app) => app.label === label)?.id;
    const [zoom, source] = [byLabel("Zoom"), byLabel("HR System")];
    await send("POST", `/api/v1/apps/${zoom}/users`, { id });
    const target = first.org.groups.byName("Quarantine")?.id;
    const rule = await send("POST", "/api/v1/groups/rules", {
      name: "Perth",
      conditions: { expression: { value: 'user.city == "Perth"' } },
      actions: { assignUserToGroups: { groupIds: [target] } },
    });
    await send("POST", `/api/v1/groups/rules/${String(rule.body.id)}/lifecycle/activate`);
    await send("PUT", `/api/v1/users/${id}/linkedObjects/manager/${first.org.owners.full}`);
    const profile = { userName: "late@x.example", email: "late@x.example", firstName: "La", lastName: "Te" };
    const sessions = `/api/v1/identity-sources/${source}/sessions`;
    const session = `${sessions}/${String((await send("POST", sessions)).body.id)}`;
    const profiles = [{ externalId: "e1", profile }];
    await send("POST", `${session}/bulk-upsert`, { entityType: "USERS", profiles });
    await send("POST", `${session}/start-import`);
    const made = await send("POST", "/sandbox/clients", { name: "Kept" });
    await first.close();

    const second = await startSandbox({ stateFile });
    try {
      const again = clientOf(second);
      expect(second.org.apps.get(zoom ?? "")?.users.get(id)?.scope).toBe("USER");
      await again("POST", `/api/v1/users/${id}`, { profile: { city: "Oslo" } });
      expect(second.org.groups.byId(target ?? "")?.members.has(id)).toBe(false);
      expect((await again("GET", `/api/v1/users/${id}/linkedObjects/manager`)).list).toHaveLength(1);
      expect(second.org.oauth.clients.get(String(made.body.id))?.name).toBe("Kept");
      await vi.waitFor(
        async () => expect((await again("GET", session)).body.status).toBe("COMPLETED"),
        20_000,
      );
      expect(second.org.users.byLogin("late@x.example")).toBeDefined();
    } finally {
      await second.close();
    }
  });

  it("of an older version gets the applications of the seed", async () => {
    const first = await startSandbox({ stateFile });
    await clientOf(first)("POST", "/api/v1/users", { profile: newProfile() });
    await first.close();
    const { apps, rules, links, imports, clients, tokens, ...old } = JSON.parse(
      await readFile(stateFile, "utf8"),
    );
    expect([apps, rules, links, imports, clients, tokens].every(Array.isArray)).toBe(true);
    await writeFile(stateFile, JSON.stringify({ ...old, format: 1 }));
    const second = await startSandbox({ stateFile });
    try {
      const { list } = await clientOf(second)("GET", "/api/v1/apps?includeNonDeleted=true");
      expect(list).toHaveLength(10);
    } finally {
      await second.close();
    }
  });

  it("is not overwritten when it is not ours", async () => {
    await writeFile(join(folder, "org.json"), '{"format":99}');
    await expect(startSandbox({ stateFile: join(folder, "org.json") })).rejects.toThrow("Delete it to start");
    expect(await readFile(join(folder, "org.json"), "utf8")).toBe('{"format":99}');
  });
});
