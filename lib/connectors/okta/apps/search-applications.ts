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
import { appFields, listedAppFields, withRawBody } from "./app-fields.ts";
import { SAMPLE_OKTA_APP } from "./app-samples.ts";

const STANDARD_LIMIT = 200;

const outputs = resultOutputs(appFields, {
  applications: field.objectList({ label: "Applications", fields: listedAppFields }),
});

export const searchApplications = defineAction({
  id: "okta.apps.search",
  version: 1,
  title: "Search Applications",
  summary: "Finds applications by the beginning of their name or label, or by a filter.",
  help: `- **Query** finds applications whose label or name (salesforce) begins with it; left empty, it lists all of them.
- **Filter** is exact: \`status eq "ACTIVE"\`, \`name eq "salesforce"\`, \`user.id eq "00u…"\` or \`group.id eq "00g…"\`.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("Application", "listApplications"),
  connector: okta,
  category: "Applications",
  keywords: ["find apps", "list applications", "lookup", "query", "instances"],
  endpoint: "GET /api/v1/apps",
  scopes: ["okta.apps.read"],
  effect: "read",
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
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} applications`, ALL),
  },
  outputs,
  sample: {
    inputs: { query: "GitHub" },
    outputs: readSample(appFields, withRawBody(SAMPLE_OKTA_APP)),
  },
  run: async ({ inputs: { query: q, filter, includeInactive, recordLimit: given }, options, client }) => {
    const request = { path: "/api/v1/apps", query: { q, filter, includeNonDeleted: includeInactive } };
    const records = await listRecords(client, request, { options, given, standard: STANDARD_LIMIT });
    return readResult(outputs, { options, records, key: "applications", source: withRawBody });
  },
});
