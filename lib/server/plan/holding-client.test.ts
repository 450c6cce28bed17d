import { expect, it } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import type { OktaClient, OktaRequest } from "#lib/connectors/okta/client.ts";
import type { Exchange } from "#lib/engine/execution.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { holdingClient } from "./holding-client.ts";

const ann: JsonObject = {
  id: "00u1",
  status: "ACTIVE",
  profile: { title: "Engineer", login: "ann@acme.example" },
};

function held(answer: (request: OktaRequest) => JsonObject | Error = () => ann) {
  const sent: string[] = [];
  const exchanges: Exchange[] = [];
  const real: OktaClient = {
    request: async (request) => {
      sent.push(`${request.method} ${request.path}`);
      const body = answer(request);
      if (body instanceof Error) throw body;
      return { status: 200, headers: {}, body };
    },
    async *pages() {
      yield [];
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
  expect(exchanges[0]?.held?.changes).toEqual([{ field: ["status"], before: "ACTIVE" }]);
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
