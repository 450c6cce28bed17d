import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, newProfile, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
});
afterAll(() => sandbox.close());

const idOf = (login: string) => sandbox.org.users.byLogin(`${login}@example.com`)?.id ?? "";
const linked = async (user: string, name: string) => {
  const answer = await send("GET", `/api/v1/users/${user}/linkedObjects/${name}`);
  return answer.list.map((item) => (item._links as { self: { href: string } }).self.href.split("/").at(-1));
};
const META = "/api/v1/meta/schemas/user/linkedObjects";
const end = (name: string) => ({ name, title: name, type: "USER" });

describe("linked objects", () => {
  it("sets, replaces, reads from both ends, and deletes", async () => {
    const [ann, yuki, oliver, priya] = ["ann.lee", "yuki.tanaka", "oliver.schmidt", "priya.raman"].map(idOf);
    const path = (user: string) => `/api/v1/users/${user}/linkedObjects/manager`;
    await send("PUT", `${path("yuki.tanaka")}/${priya}`);
    expect((await send("PUT", `${path("yuki.tanaka@example.com")}/${ann}`)).status).toBe(204);
    await send("PUT", `${path(String(oliver))}/${ann}`);
    expect(await linked(String(yuki), "manager")).toEqual([ann]);
    expect(await linked(String(ann), "subordinate")).toEqual([yuki, oliver]);
    expect(await linked(String(priya), "subordinate")).toEqual([]);
    for (let times = 0; times < 2; times += 1)
      expect((await send("DELETE", path(String(yuki)))).status).toBe(204);
    expect(await linked(String(yuki), "manager")).toEqual([]);
  });

  it("defines relations with unique names", async () => {
    const made = await send("POST", META, { primary: end("mentor"), associated: end("mentee") });
    expect([made.status, made.body.primary]).toEqual([201, end("mentor")]);
    const again = await send("POST", META, { primary: end("coach"), associated: end("mentee") });
    expect([again.status, again.body.errorCode]).toEqual([409, "E0000127"]);
    expect((await send("GET", META)).list).toHaveLength(2);
    expect((await send("DELETE", `${META}/mentor`)).status).toBe(204);
    expect((await send("GET", `${META}/mentee`)).body.errorSummary).toBe(
      "Not found: Resource not found: mentee (LinkedObject)",
    );
  });

  it("forget a deleted user", async () => {
    const made = await send("POST", "/api/v1/users", { profile: newProfile() });
    const user = String(made.body.id);
    await send("PUT", `/api/v1/users/${idOf("zoe.papadaki")}/linkedObjects/manager/${user}`);
    await send("DELETE", `/api/v1/users/${user}`);
    await send("DELETE", `/api/v1/users/${user}`);
    expect(await linked("zoe.papadaki", "manager")).toEqual([]);
  });
});
