import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "../server.ts";
import { clientOf, linkOf, newProfile } from "../test-client.ts";

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

  it("is not overwritten when it is not ours", async () => {
    await writeFile(join(folder, "org.json"), '{"format":99}');
    await expect(startSandbox({ stateFile: join(folder, "org.json") })).rejects.toThrow("Delete it to start");
    expect(await readFile(join(folder, "org.json"), "utf8")).toBe('{"format":99}');
  });
});
