import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { collect, PAGE_SIZE, recordLimit } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { foundGroupFields, groupFields, groupSource } from "../group-fields.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { ALL, FIRST, resultSet } from "../result-set.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import { onlyWhen } from "../shape-fields.ts";

/** What Okta gives for a query without a limit. */
const STANDARD_LIMIT = 300;

const outputs = {
  ...onlyWhen(FIRST, foundGroupFields),
  groups: field.objectList({ label: "Groups", fields: groupFields, when: ALL }),
};

export const searchGroups = defineAction({
  id: "okta.groups.search",
  version: 1,
  title: "Search Groups",
  summary: "Finds groups by the beginning of their name, or by a search expression.",
  help: `- **Query** finds groups whose name begins with it, so the first match for Sales may be Sales EMEA.
- **Search** is exact where you want it: \`profile.name eq "Sales"\`, \`type eq "OKTA_GROUP"\`. It may be some seconds behind.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("Group", "listGroups"),
  connector: okta,
  category: "Groups",
  keywords: ["find groups", "list groups", "lookup", "query"],
  endpoint: "GET /api/v1/groups",
  scopes: ["okta.groups.read"],
  effect: "read",
  options: {
    resultSet,
    searchBy: {
      label: "Search By",
      choices: [
        { value: "query", label: "Query" },
        { value: "search", label: "Search" },
      ],
      default: "query",
    },
  },
  inputs: {
    query: field.text({
      label: "Query",
      required: true,
      placeholder: "Sales",
      when: { option: "searchBy", is: ["query"] },
    }),
    search: field.text({
      label: "Custom Search Criteria",
      required: true,
      placeholder: 'profile.name eq "Sales"',
      when: { option: "searchBy", is: ["search"] },
    }),
    recordLimit: field.number({
      label: "Record Limit",
      emptyMeans: `The first ${STANDARD_LIMIT} groups`,
      when: ALL,
    }),
  },
  outputs,
  sample: {
    inputs: { query: "Engineering" },
    outputs: readSample(foundGroupFields, groupSource(SAMPLE_OKTA_GROUP)),
  },
  run: async ({ inputs: { query: q, search, recordLimit: given }, options, client }) => {
    const first = options.resultSet === "first";
    const limit = first ? 1 : recordLimit(given, STANDARD_LIMIT);
    // A query never pages, so it asks for everything at once; a search does, and Okta asks for small pages.
    const query = { q, search, limit: q === undefined ? Math.min(limit, PAGE_SIZE) : limit };
    const groups = await collect(client, { path: "/api/v1/groups", query }, limit);
    return readOutputs(outputs, first ? groupSource(groups[0] ?? null) : { groups });
  },
});
