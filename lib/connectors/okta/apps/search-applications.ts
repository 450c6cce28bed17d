import { field } from "../../../cards/field.ts";
import { docsUrl } from "../docs-url.ts";
import { recordLimitInput, resultSet, searchByOption, searchedBy } from "../result-set.ts";
import { searchAction } from "../search-action.ts";
import { appFields, listedAppFields, withRawBody } from "./app-fields.ts";
import { SAMPLE_OKTA_APP } from "./app-samples.ts";

export const searchApplications = searchAction({
  id: "okta.apps.search",
  title: "Search Applications",
  summary: "Finds applications by the beginning of their name or label, or by a filter.",
  help: `- **Query** finds applications whose label or name (salesforce) begins with it; left empty, it lists all of them.
- **Filter** is exact: \`status eq "ACTIVE"\`, \`name eq "salesforce"\`, \`user.id eq "00u…"\` or \`group.id eq "00g…"\`.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("Application", "listApplications"),
  category: "Applications",
  keywords: ["find apps", "list applications", "lookup", "query", "instances"],
  path: "/api/v1/apps",
  scope: "okta.apps.read",
  options: {
    resultSet,
    searchBy: searchByOption({ query: "Query", filter: "Filter" }),
  },
  inputs: {
    query: field.text({
      label: "Query",
      placeholder: "Salesforce",
      emptyMeans: "All applications",
      when: searchedBy("query"),
    }),
    filter: field.text({
      label: "Custom Filter",
      required: true,
      placeholder: 'status eq "ACTIVE"',
      when: searchedBy("filter"),
    }),
    includeInactive: field.boolean({
      label: "Include Inactive?",
      emptyMeans: "Okta decides",
      help: "Okta documents that applications which are not active are left out otherwise.",
    }),
    recordLimit: recordLimitInput,
  },
  one: appFields,
  many: { key: "applications", label: "Applications", fields: listedAppFields },
  source: withRawBody,
  sample: {
    inputs: { query: "GitHub" },
    record: SAMPLE_OKTA_APP,
  },
  ask: ({ inputs: { query: q, filter, includeInactive, recordLimit: limit } }) => ({
    query: { q, filter, includeNonDeleted: includeInactive },
    limit,
  }),
});
