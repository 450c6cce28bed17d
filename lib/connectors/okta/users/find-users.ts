import { field } from "../../../cards/field.ts";
import { docsUrl } from "../docs-url.ts";
import { recordLimitInput, resultSet, searchByOption, searchedBy } from "../result-set.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { searchAction } from "../search-action.ts";
import { foundUserFields, listedUserFields, userSource } from "../user-fields.ts";

/** The most users Okta gives for a query, which has no next page. */
const MOST_BY_QUERY = 200;

export const findUsers = searchAction({
  id: "okta.users.find",
  title: "Find Users",
  summary: "Finds users by the beginning of a name, by a filter or by a search expression.",
  help: `- **Query** finds users whose first name, last name or email begins with it. Deactivated users are left out. Okta gives a query at most 200 users and no further page: where all are wanted and there may be more, the card fails, and Search finds them.
- **Filter** is exact and always up to date, on status, lastUpdated, id and profile.login, email, firstName and lastName: \`status eq "LOCKED_OUT"\`. Letter case matters.
- **Search** knows every attribute, your own included: \`profile.department eq "Engineering" and status eq "ACTIVE"\`. It may be some seconds behind.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("User", "listUsers"),
  category: "Users",
  keywords: ["search users", "lookup", "query", "get all users"],
  path: "/api/v1/users",
  scope: "okta.users.read",
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
    recordLimit: recordLimitInput,
  },
  one: foundUserFields,
  many: { key: "users", label: "Users", fields: listedUserFields },
  source: userSource,
  sample: {
    inputs: { query: "ann" },
    record: SAMPLE_OKTA_USER,
  },
  ask: ({ inputs: { query: q, filter, search, recordLimit: limit } }) => ({
    query: { q, filter, search },
    limit,
    most: q === undefined ? undefined : MOST_BY_QUERY,
  }),
});
