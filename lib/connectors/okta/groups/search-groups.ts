import { field } from "../../../cards/field.ts";
import { MAX_RECORDS } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { foundGroupFields, groupFields, groupSource } from "../group-fields.ts";
import { ALL, recordLimitInput, resultSet, searchByOption, searchedBy } from "../result-set.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import { searchAction } from "../search-action.ts";

/** What Okta gives for a query without a limit. */
const STANDARD_LIMIT = 300;

export const searchGroups = searchAction({
  id: "okta.groups.search",
  title: "Search Groups",
  summary: "Finds groups by the beginning of their name, or by a search expression.",
  help: `- **Query** finds groups whose name begins with it, so the first match for Sales may be Sales EMEA.
- **Search** is exact where you want it: \`profile.name eq "Sales"\`, \`type eq "OKTA_GROUP"\`. It may be some seconds behind.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("Group", "listGroups"),
  category: "Groups",
  keywords: ["find groups", "list groups", "lookup", "query"],
  path: "/api/v1/groups",
  scope: "okta.groups.read",
  options: {
    resultSet,
    searchBy: searchByOption({ query: "Query", search: "Search" }),
  },
  inputs: {
    query: field.text({
      label: "Query",
      required: true,
      placeholder: "Sales",
      when: searchedBy("query"),
    }),
    search: field.text({
      label: "Custom Search Criteria",
      required: true,
      placeholder: 'profile.name eq "Sales"',
      when: searchedBy("search"),
    }),
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} groups`, ALL),
  },
  one: foundGroupFields,
  many: { key: "groups", label: "Groups", fields: groupFields },
  standardLimit: STANDARD_LIMIT,
  source: groupSource,
  sample: {
    inputs: { query: "Engineering" },
    record: SAMPLE_OKTA_GROUP,
  },
  ask: ({ inputs: { query: q, search, recordLimit: limit } }) => ({
    query: { q, search },
    limit,
    // A query never pages, so it asks for everything at once; a search does, and Okta asks for small pages.
    pageSize: q === undefined ? undefined : MAX_RECORDS,
  }),
});
