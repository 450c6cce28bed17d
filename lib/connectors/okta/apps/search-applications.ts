import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { collect, PAGE_SIZE, recordLimit } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { ALL, FIRST, resultSet } from "../result-set.ts";
import { onlyWhen } from "../shape-fields.ts";
import { appFields, listedAppFields, withRawBody } from "./app-fields.ts";
import { SAMPLE_OKTA_APP } from "./app-samples.ts";

const STANDARD_LIMIT = 200;

const outputs = {
  ...onlyWhen(FIRST, appFields),
  applications: field.objectList({ label: "Applications", fields: listedAppFields, when: ALL }),
};

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
    searchBy: {
      label: "Search By",
      choices: [
        { value: "query", label: "Query" },
        { value: "filter", label: "Filter" },
      ],
      default: "query",
    },
  },
  inputs: {
    query: field.text({
      label: "Query",
      placeholder: "Salesforce",
      emptyMeans: "All applications",
      when: { option: "searchBy", is: ["query"] },
    }),
    filter: field.text({
      label: "Custom Filter",
      required: true,
      placeholder: 'status eq "ACTIVE"',
      when: { option: "searchBy", is: ["filter"] },
    }),
    includeInactive: field.boolean({
      label: "Include Inactive?",
      emptyMeans: "Okta decides",
      help: "Okta documents that applications which are not active are left out otherwise.",
    }),
    recordLimit: field.number({
      label: "Record Limit",
      emptyMeans: `The first ${STANDARD_LIMIT} applications`,
      when: ALL,
    }),
  },
  outputs,
  sample: {
    inputs: { query: "GitHub" },
    outputs: readSample(appFields, withRawBody(SAMPLE_OKTA_APP)),
  },
  run: async ({ inputs: { query: q, filter, includeInactive, recordLimit: given }, options, client }) => {
    const first = options.resultSet === "first";
    const limit = first ? 1 : recordLimit(given, STANDARD_LIMIT);
    const query = { q, filter, includeNonDeleted: includeInactive, limit: Math.min(limit, PAGE_SIZE) };
    const applications = await collect(client, { path: "/api/v1/apps", query }, limit);
    return readOutputs(outputs, first ? withRawBody(applications[0]) : { applications });
  },
});
