import { field } from "../../../cards/field.ts";
import { docsUrl } from "../docs-url.ts";
import { expressionOf } from "../expression.ts";
import { foundGroupFields, groupFields, groupSource } from "../group-fields.ts";
import { recordLimitInput, resultSet, searchByOption, searchedBy } from "../result-set.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import { searchAction } from "../search-action.ts";

/** The most groups Okta gives at once. */
const MOST_AT_ONCE = 10_000;
const SEARCH = searchedBy("search");
/** Every kind of group there is (Okta's OpenAPI document, GroupType). */
const TYPES = ["OKTA_GROUP", "APP_GROUP", "BUILT_IN"];

export const searchGroups = searchAction({
  id: "okta.groups.search",
  title: "Search Groups",
  summary: "Finds groups by the beginning of their name, or by a search expression.",
  help: `- **Query** finds groups whose name begins with it, so the first match for Sales may be Sales EMEA.
- **Search** finds groups that match everything that is filled in; what is left empty is not asked for. **Custom Search Criteria** takes eq, sw, gt, ge, lt, le and pr on any attribute, and co on name and description: \`profile.name sw "Sales" and lastMembershipUpdated gt "2026-11-01T00:00:00.000Z"\`. It may be some seconds behind.

Okta gives a query at most 10,000 groups and no further page: where all are wanted and there may be more, the card fails. A search is read to its end.

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
    name: field.text({ label: "Name", placeholder: "Sales", help: "The whole name.", when: SEARCH }),
    type: field.text({
      label: "Type",
      choices: TYPES.map((value) => ({ value, label: value })),
      when: SEARCH,
    }),
    search: field.text({
      label: "Custom Search Criteria",
      placeholder: 'profile.name sw "Sales"',
      when: SEARCH,
    }),
    recordLimit: recordLimitInput,
  },
  one: foundGroupFields,
  many: { key: "groups", label: "Groups", fields: groupFields },
  source: groupSource,
  sample: {
    inputs: { query: "Engineering" },
    record: SAMPLE_OKTA_GROUP,
  },
  ask: ({ inputs: { query: q, name, type, search, recordLimit: limit } }) => ({
    query: { q, search: q === undefined ? expressionOf({ "profile.name": name, type }, search) : undefined },
    limit,
    // A query never pages, so it asks for everything at once; a search does, and Okta asks for small pages.
    ...(q === undefined ? {} : { pageSize: MOST_AT_ONCE, most: MOST_AT_ONCE }),
  }),
});
