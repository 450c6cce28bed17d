import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { listRecords } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { expressionOf } from "../expression.ts";
import { readSample } from "../read-outputs.ts";
import { ALL, readResult, recordLimitInput, resultOutputs, resultSet } from "../result-set.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { rawUserFields, userSource, userStatusInput } from "../user-fields.ts";

const STANDARD_LIMIT = 200;

const outputs = resultOutputs(rawUserFields, {
  users: field.objectList({ label: "Users", fields: rawUserFields }),
});

export const listUsersWithFilter = defineAction({
  id: "okta.users.listWithFilter",
  version: 1,
  title: "List Users with Filter",
  summary: "Finds users by exact status, ID, login, email or name, always up to date.",
  help: `Users must match everything that is filled in; what is left empty is not asked for. Letter case matters. Deactivated users are found too.

**Custom Filter** takes eq on status, id, profile.login, profile.email, profile.firstName and profile.lastName, and eq, gt, ge, lt and le on lastUpdated, joined by and / or: \`lastUpdated gt "2026-11-01T00:00:00.000Z"\`. Other attributes: List Users with Search.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("User", "listUsers"),
  connector: okta,
  category: "Users",
  keywords: ["find users", "search users", "filter", "users by status", "get all users"],
  endpoint: "GET /api/v1/users",
  scopes: ["okta.users.read"],
  effect: "read",
  options: { resultSet },
  inputs: {
    status: userStatusInput,
    lastUpdated: field.datetime({ label: "Last Updated", help: "Exactly this time." }),
    id: field.text({ label: "ID", picker: "okta.users" }),
    login: field.text({ label: "Login" }),
    email: field.text({ label: "Email" }),
    firstName: field.text({ label: "First Name" }),
    lastName: field.text({ label: "Last Name" }),
    customFilter: field.text({
      label: "Custom Filter",
      placeholder: 'status eq "LOCKED_OUT" or status eq "RECOVERY"',
    }),
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} users`, ALL),
  },
  outputs,
  sample: {
    inputs: { status: "ACTIVE", login: "ann.lee@example.com" },
    outputs: readSample(rawUserFields, userSource(SAMPLE_OKTA_USER)),
  },
  run: async ({ inputs, options, client }) => {
    const { status, lastUpdated, id, login, email, firstName, lastName } = inputs;
    const profile = {
      "profile.login": login,
      "profile.email": email,
      "profile.firstName": firstName,
      "profile.lastName": lastName,
    };
    const filter = expressionOf({ status, lastUpdated, id, ...profile }, inputs.customFilter);
    const request = { path: "/api/v1/users", query: { filter } };
    const rule = { options, given: inputs.recordLimit, standard: STANDARD_LIMIT };
    const records = await listRecords(client, request, rule);
    return readResult(outputs, { options, records, key: "users", source: userSource });
  },
});
