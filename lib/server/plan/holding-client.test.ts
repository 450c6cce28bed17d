import { expect, it } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import type { OktaClient, OktaRequest } from "#lib/connectors/okta/client.ts";
import type { Exchange } from "#lib/engine/execution.ts";
import { knownOnlyAfter } from "#lib/engine/known-later.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { holdingClient } from "./holding-client.ts";

const ann: JsonObject = {
  id: "00u1",
  status: "ACTIVE",
  profile: { title: "Engineer", login: "ann@acme.example" },
};

function held(answer: (request: OktaRequest) => JsonObject | Error = () => ann, groups: string[] = []) {
  const sent: string[] = [];
  const exchanges: Exchange[] = [];
  const real: OktaClient = {
    request: async (request) => {
      sent.push(`${request.method} ${request.path}`);
      const body = answer(request);
      if (body instanceof Error) throw body;
      return { status: 200, headers: {}, body };
    },
    async *pages({ path }) {
      sent.push(`GET ${path}`);
      yield groups.map((id) => ({ id }));
    },
  };
  return { client: holdingClient(real, (exchange) => exchanges.push(exchange)), sent, exchanges };
}

it("compares an update with what is there, and answers as if it had worked", async () => {
  const { client, sent, exchanges } = held();
  const body = { profile: { title: "Lead", nickName: "Annie", login: "ann@acme.example" } };
  const answer = await client.request({ method: "POST", path: "/api/v1/users/00u1", body });
  expect(sent).toEqual(["GET /api/v1/users/00u1"]);
  expect(answer.body).toMatchObject({ id: "00u1", profile: { title: "Lead" } });
  expect(exchanges).toEqual([
    expect.objectContaining({
      method: "POST",
      path: "/api/v1/users/00u1",
      requestBody: JSON.stringify(body),
      held: {
        changes: [
          { field: ["profile", "title"], before: "Engineer", after: "Lead" },
          { field: ["profile", "nickName"], after: "Annie" },
        ],
      },
    }),
  ]);
});

it("says which state somebody is in who would be moved to another", async () => {
  const { client, sent, exchanges } = held();
  await client.request({ method: "POST", path: "/api/v1/users/00u1/lifecycle/suspend" });
  expect(sent).toEqual(["GET /api/v1/users/00u1"]);
  expect(exchanges[0]?.held?.changes).toEqual([{ field: ["status"], before: "ACTIVE", after: "SUSPENDED" }]);
});

it.each([
  ["suspend", "SUSPENDED", undefined],
  ["unsuspend", "SUSPENDED", "ACTIVE"],
  ["unlock", "LOCKED_OUT", "ACTIVE"],
  ["deactivate", "STAGED", "DEPROVISIONED"],
  ["deactivate", "DEPROVISIONED", undefined],
  ["activate", "STAGED", "PROVISIONED"],
  ["activate", "ACTIVE", undefined],
  ["reset_factors", "ACTIVE", undefined],
])("%s of somebody who is %s leads to %s", async (step, before, after) => {
  const { client, exchanges } = held(() => ({ id: "00u1", status: before }));
  await client.request({ method: "POST", path: `/api/v1/users/00u1/lifecycle/${step}` });
  const change = { field: ["status"], before, ...(after ? { after } : {}) };
  expect(exchanges[0]?.held?.changes).toEqual([change]);
});

it("activates at once who has a password, and first deactivates who is deleted", async () => {
  const staged = held(() => ({ status: "STAGED", credentials: { password: {} } }));
  await staged.client.request({ method: "POST", path: "/api/v1/users/00u1/lifecycle/activate" });
  expect(staged.exchanges[0]?.held?.changes[0]?.after).toBe("ACTIVE");
  const { client, exchanges } = held();
  await client.request({ method: "DELETE", path: "/api/v1/users/00u1" });
  expect(exchanges[0]?.held?.changes[0]?.after).toBe("DEPROVISIONED");
  await client.request({ method: "POST", path: "/api/v1/groups/rules/0pr1/lifecycle/deactivate" });
  expect(exchanges[1]?.held?.changes[0]?.after).toBe("INACTIVE");
});

it.each([
  ["PUT", ["00g2"], { before: false, after: true }],
  ["PUT", ["00g2", "00g1"], { before: true, after: true }],
  ["DELETE", ["00g1"], { before: true, after: false }],
] as const)(
  "%s of a membership says whether there is one, by the groups %j of the user",
  async (method, groups, change) => {
    const { client, sent, exchanges } = held(undefined, [...groups]);
    await client.request({ method, path: "/api/v1/groups/00g1/users/ann%40acme.example" });
    expect(sent).toEqual(["GET /api/v1/users/ann%40acme.example/groups"]);
    expect(exchanges[0]?.held?.changes).toEqual([{ field: ["member"], ...change }]);
  },
);

it("asks Okta nothing by an id that is not known yet, and says in words which one that is", async () => {
  const { client, sent, exchanges } = held();
  const id = encodeURIComponent(knownOnlyAfter("Create User (new)"));
  await client.request({ method: "PUT", path: `/api/v1/groups/00g1/users/${id}` });
  await client.request({ method: "POST", path: `/api/v1/users/${id}/lifecycle/suspend` });
  await client.request({
    method: "GET",
    path: `/api/v1/users/${id}`,
    query: { q: knownOnlyAfter("R&D 100%") },
  });
  for await (const page of client.pages({ path: `/api/v1/users/${id}/groups` })) expect(page).toEqual([]);
  expect(sent).toEqual([]);
  expect(exchanges.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "PUT /api/v1/groups/00g1/users/(known only after Create User new)",
    "POST /api/v1/users/(known only after Create User new)/lifecycle/suspend",
    "GET /api/v1/users/(known only after Create User new)?q=(known only after R&D 100%)",
    "GET /api/v1/users/(known only after Create User new)/groups",
  ]);
  expect(exchanges.every(({ held: kept }) => kept?.changes.length === 0)).toBe(true);
});

it("reads no list to add something to it, and keeps no secret", async () => {
  const { client, sent, exchanges } = held();
  const body = { credentials: { password: { value: "s3cret!" } }, profile: { login: "new@acme.example" } };
  await client.request({ method: "POST", path: "/api/v1/users", query: { activate: true }, body });
  await client.request({ method: "POST", path: "/api/v1/users/00u1", body });
  expect(sent).toEqual(["GET /api/v1/users/00u1"]);
  expect(exchanges[0]?.path).toBe("/api/v1/users?activate=true");
  expect(JSON.stringify(exchanges)).not.toContain("s3cret!");
});

it("goes without what is there where that can't be read, but waits for a rate limit", async () => {
  const refused = held(() => new CardError("No.", { kind: "forbidden", code: "E0000006" }));
  await refused.client.request({ method: "DELETE", path: "/api/v1/groups/00g1" });
  expect(refused.exchanges[0]?.held).toEqual({ changes: [] });
  const limited = held(() => new CardError("Later.", { kind: "rateLimited", code: "E0000047" }));
  await expect(limited.client.request({ method: "DELETE", path: "/api/v1/groups/00g1" })).rejects.toThrow(
    "Later.",
  );
  expect(limited.exchanges).toEqual([]);
});

it("keeps the attributes a change in part does not name, and drops those a replacement leaves out", async () => {
  const { client } = held();
  const change = { path: "/api/v1/users/00u1", body: { profile: { title: "Lead" } } };
  const inPart = await client.request({ method: "POST", ...change });
  expect(inPart.body).toEqual({ ...ann, profile: { title: "Lead", login: "ann@acme.example" } });
  const whole = await client.request({ method: "PUT", ...change });
  expect(whole.body).toEqual({ ...ann, profile: { title: "Lead" } });
});
