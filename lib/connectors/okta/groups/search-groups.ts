import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { listRecords, MAX_RECORDS } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { foundGroupFields, groupFields, groupSource } from "../group-fields.ts";
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
import { SAMPLE_OKTA_GROUP } from "../samples.ts";

/** What Okta gives for a query without a limit. */
const STANDARD_LIMIT = 300;

const outputs = resultOutputs(foundGroupFields, {
  groups: field.objectList({ label: "Groups", fields: groupFields }),
});

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
  outputs,
  sample: {
    inputs: { query: "Engineering" },
    outputs: readSample(foundGroupFields, groupSource(SAMPLE_OKTA_GROUP)),
  },
  run: async ({ inputs: { query: q, search, recordLimit: given }, options, client }) => {
    // A query never pages, so it asks for everything at once; a search does, and Okta asks for small pages.
    const pageSize = q === undefined ? undefined : MAX_RECORDS;
    const rule = { options, given, standard: STANDARD_LIMIT, pageSize };
    const records = await listRecords(client, { path: "/api/v1/groups", query: { q, search } }, rule);
    return readResult(outputs, { options, records, key: "groups", source: groupSource });
  },
});
