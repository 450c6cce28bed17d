import { okta } from "../client.ts";
import { userInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_OKTA_USER, SAMPLE_USER_ID } from "../samples.ts";
import { userFields, userSource } from "../user-fields.ts";

export const readUser = oktaAction({
  id: "okta.users.read",
  version: 1,
  title: "Read User",
  summary: "Reads a user by ID or login, with all profile attributes.",
  help:
    "Finds deactivated users too. The part of a login before the @ works where only one user has it. " +
    "A user that does not exist fails the card (E0000007).",
  docs: docsUrl("User", "getUser"),
  connector: okta,
  category: "Users",
  keywords: [
    "get user",
    "user details",
    "get user with id",
    "get user with login",
    "get user by login name",
    "lookup",
  ],
  endpoint: "GET /api/v1/users/{id}",
  scopes: ["okta.users.read"],
  effect: "read",
  inputs: { user: userInput },
  outputs: userFields,
  sample: { inputs: { user: SAMPLE_USER_ID }, outputs: readSample(userFields, userSource(SAMPLE_OKTA_USER)) },
  run: async ({ inputs: { user }, client }) => {
    const { body } = await client.request({ method: "GET", path: path`/api/v1/users/${{ user }}` });
    return readOutputs(userFields, userSource(body));
  },
});
