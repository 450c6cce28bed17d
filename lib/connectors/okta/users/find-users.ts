import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { listRecords } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { readSample } from "../read-outputs.ts";
import {
  ALL,
  readResult,
  recordLimitInput,
  resultOutputs,
  resultSet,
  searchByOption,
  searchedBy,
} from "../result-set.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { foundUserFields, listedUserFields, userSource } from "../user-fields.ts";

const STANDARD_LIMIT = 200;

const outputs = resultOutputs(foundUserFields, {
  users: field.objectList({ label: "Users", fields: listedUserFields }),
});

export const findUsers = defineAction({
  id: "okta.users.find",
  version: 1,
  title: "Find Users",
  summary: "Finds users by the beginning of a name, by a filter or by a search expression.",
  help: `- **Query** finds users whose first name, last name or email begins with it. Deactivated users are left out, and Okta gives at most 200.
- **Filter** is exact and always up to date, on status, lastUpdated, id and profile.login, email, firstName and lastName: \`status eq "LOCKED_OUT"\`. Letter case matters.
- **Search** knows every attribute, your own included: \`profile.department eq "Engineering" and status eq "ACTIVE"\`. It may be some seconds behind.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("User", "listUsers"),
  connector: okta,
  category: "Users",
  keywords: ["search users", "lookup", "query", "get all users"],
  endpoint: "GET /api/v1/users",
  scopes: ["okta.users.read"],
  effect: "read",
  options: {
    resultSet,
    searchBy: searchByOption({ query: "Query", filter: "Filter", search: "Search" }),
  },
  inputs: {
    query: field.text({
      label: "Query",
      required: true,
      placeholder: "ann",
      when: searchedBy("query"),
    }),
    filter: field.text({
      label: "Custom Filter",
      required: true,
      placeholder: 'status eq "LOCKED_OUT"',
      when: searchedBy("filter"),
    }),
    search: field.text({
      label: "Custom Search Criteria",
      required: true,
      placeholder: 'profile.department eq "Engineering"',
      when: searchedBy("search"),
    }),
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} users`, ALL),
  },
  outputs,
  sample: {
    inputs: { query: "ann" },
    outputs: readSample(foundUserFields, userSource(SAMPLE_OKTA_USER)),
  },
  run: async ({ inputs: { query: q, filter, search, recordLimit: given }, options, client }) => {
    const request = { path: "/api/v1/users", query: { q, filter, search } };
    const records = await listRecords(client, request, { options, given, standard: STANDARD_LIMIT });
    return readResult(outputs, { options, records, key: "users", source: userSource });
  },
});
