import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { userFields, userSource } from "../user-fields.ts";

export const getUserByShortname = oktaAction({
  id: "okta.users.getByShortname",
  version: 1,
  title: "Get User with Login Shortname",
  summary: "Reads a user by the part of the login before the @, with all profile attributes.",
  help:
    "Works where exactly one user has that shortname; none or several fail the card (E0000007). With the ID or the whole " +
    "login: Read User.",
  docs: docsUrl("User", "getUser"),
  connector: okta,
  category: "Users",
  keywords: ["get user", "user details", "short name", "username without domain", "lookup"],
  endpoint: "GET /api/v1/users/{id}",
  scopes: ["okta.users.read"],
  effect: "read",
  inputs: { shortname: field.text({ label: "Login Shortname", required: true, placeholder: "ann.lee" }) },
  outputs: userFields,
  sample: {
    inputs: { shortname: "ann.lee" },
    outputs: readSample(userFields, userSource(SAMPLE_OKTA_USER)),
  },
  run: async ({ inputs: { shortname }, client }) => {
    const { body } = await client.request({ method: "GET", path: path`/api/v1/users/${{ shortname }}` });
    return readOutputs(userFields, userSource(body));
  },
});
