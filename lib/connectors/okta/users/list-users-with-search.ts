import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { collect, PAGE_SIZE, recordLimit } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { expressionOf } from "../expression.ts";
import { profileFields, USER_PROFILE_LOADER } from "../profile-fields.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { ALL, FIRST, resultSet } from "../result-set.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { onlyWhen } from "../shape-fields.ts";
import { foundUserFields, listedUserFields, USER_STATUSES, userSource } from "../user-fields.ts";

const STANDARD_LIMIT = 200;

const outputs = {
  ...onlyWhen(FIRST, foundUserFields),
  users: field.objectList({ label: "Users", fields: listedUserFields, when: ALL }),
};

const SORTED_BY = [
  ["id", "ID"],
  ["status", "Status"],
  ["created", "Created"],
  ["activated", "Activated"],
  ["statusChanged", "Status Changed"],
  ["lastUpdated", "Last Updated"],
  ...Object.entries(profileFields).map(([key, { label }]) => [`profile.${key}`, label]),
].map(([value = "", label = ""]) => ({ value, label }));

export const listUsersWithSearch = defineAction({
  id: "okta.users.listWithSearch",
  version: 1,
  title: "List Users with Search",
  summary: "Finds users by any attribute, your own included, sorted as you like.",
  help: `Users must match everything that is filled in; what is left empty is not asked for. Letter case does not matter. Deactivated users are found too. Okta's search may be some seconds behind: right after a change, use List Users with Filter.

**Custom Search Criteria** takes eq, sw, gt, ge, lt, le and pr, and co on first name, last name, email and login, joined by and / or: \`profile.department eq "Engineering" or profile.title sw "Chief"\`.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("User", "listUsers"),
  connector: okta,
  category: "Users",
  keywords: ["find users", "search users", "users by attribute", "department", "get all users", "sort"],
  endpoint: "GET /api/v1/users",
  scopes: ["okta.users.read"],
  effect: "read",
  options: { resultSet },
  inputs: {
    status: field.text({
      label: "Status",
      choices: USER_STATUSES.map((value) => ({ value, label: value })),
    }),
    created: field.datetime({ label: "Created", help: "Exactly this time." }),
    activated: field.datetime({ label: "Activated", help: "Exactly this time." }),
    statusChanged: field.datetime({ label: "Status Changed", help: "Exactly this time." }),
    lastUpdated: field.datetime({ label: "Last Updated", help: "Exactly this time." }),
    id: field.text({ label: "ID", picker: "okta.users" }),
    profile: field.object({ label: "Profile", fields: profileFields, grows: USER_PROFILE_LOADER }),
    customSearchCriteria: field.text({
      label: "Custom Search Criteria",
      placeholder: 'created gt "2026-11-01T00:00:00.000Z"',
    }),
    sortBy: field.text({ label: "Sort By", choices: SORTED_BY, emptyMeans: "In Okta's own order" }),
    sortOrder: field.text({
      label: "Sort Order",
      choices: [
        { value: "asc", label: "Ascending" },
        { value: "desc", label: "Descending" },
      ],
      emptyMeans: "Ascending",
      help: "Counts only together with Sort By.",
    }),
    recordLimit: field.number({
      label: "Record Limit",
      emptyMeans: `The first ${STANDARD_LIMIT} users`,
      when: ALL,
    }),
  },
  outputs,
  sample: {
    inputs: { status: "ACTIVE", profile: { department: "Engineering", lastName: "Lee" } },
    outputs: readSample(foundUserFields, userSource(SAMPLE_OKTA_USER)),
  },
  run: async ({ inputs, options, client }) => {
    const { status, created, activated, statusChanged, lastUpdated, id, sortBy, sortOrder } = inputs;
    const attributes = Object.entries(inputs.profile ?? {}).map(([key, value]) => [`profile.${key}`, value]);
    const search = expressionOf(
      { status, created, activated, statusChanged, lastUpdated, id, ...Object.fromEntries(attributes) },
      inputs.customSearchCriteria,
    );
    const first = options.resultSet === "first";
    const limit = first ? 1 : recordLimit(inputs.recordLimit, STANDARD_LIMIT);
    const query = { search, sortBy, sortOrder, limit: Math.min(limit, PAGE_SIZE) };
    const users = await collect(client, { path: "/api/v1/users", query }, limit);
    return readOutputs(outputs, first ? userSource(users[0]) : { users: users.map(userSource) });
  },
});
