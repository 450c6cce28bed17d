import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Call, type Route, route } from "../http/router.ts";
import { apiTokenJson, newApiToken } from "../org/api-tokens.ts";
import { userParty } from "../org/org.ts";
import { failure, ok } from "./answers.ts";

const wanted = z.strictObject({
  name: z.string().min(1).default("Token of a test"),
  /** Id, login or shortname of the admin it acts as. */
  user: z.string().min(1).default("grace.okafor"),
});

/**
 * API tokens, which in Okta only the Admin Console makes. One of its own lets a test revoke it, or see what an admin with
 * another role may do, without touching the tokens of the environment.
 */
export const apiTokenControl: Route[] = [
  route("GET", "/sandbox/api-tokens", ({ org }) =>
    ok({ tokens: [...org.apiTokens.all()].map((token) => apiTokenJson(token, org.baseUrl)) }),
  ),
  route("POST", "/sandbox/api-tokens", makeToken),
];

function makeToken({ body, org, origin }: Call) {
  const { name, user: key } = wanted.parse(body ?? {});
  const user = org.users.find(key);
  if (!user) return failure(404, `There is no user ${key}.`);
  const token = `00${randomBytes(30).toString("base64url")}`;
  const record = newApiToken({ id: org.ids.next("00T"), name, userId: user.id, token, now: org.now() });
  org.apiTokens.add(record);
  org.log.write({
    eventType: "system.api_token.create",
    origin: { ...origin, actor: userParty(user) },
    target: [{ id: record.id, type: "Token", alternateId: "unknown", displayName: name }],
  });
  org.changed();
  return { status: 201, body: { token, ...apiTokenJson(record, org.baseUrl) } };
}
