import { field } from "../../../cards/field.ts";
import { docsUrl } from "../docs-url.ts";
import { expressionOf } from "../expression.ts";
import { searchedProfileFields, USER_PROFILE_LOADER } from "../profile-fields.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { searchAction } from "../search-action.ts";
import { rawUserFields, userSource, userStatusInput } from "../user-fields.ts";

const SORTED_BY = [
  ["id", "ID"],
  ["status", "Status"],
  ["created", "Created"],
  ["activated", "Activated"],
  ["statusChanged", "Status Changed"],
  ["lastUpdated", "Last Updated"],
  ...Object.entries(searchedProfileFields).map(([key, { label }]) => [`profile.${key}`, label]),
].map(([value = "", label = ""]) => ({ value, label }));

export const listUsersWithSearch = searchAction({
  id: "okta.users.listWithSearch",
  title: "List Users with Search",
  summary: "Finds users by any attribute, your own included, sorted as you like.",
  help: `Users must match everything that is filled in; what is left empty is not asked for. Letter case does not matter. Deactivated users are found too. Okta's search may be some seconds behind: right after a change, use List Users with Filter.

**Custom Search Criteria** takes eq, sw, gt, ge, lt, le and pr, and co on first name, last name, email and login, joined by and / or: \`profile.department eq "Engineering" or profile.title sw "Chief"\`.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("User", "listUsers"),
  category: "Users",
  keywords: ["find users", "search users", "users by attribute", "department", "get all users", "sort"],
  path: "/api/v1/users",
  scope: "okta.users.read",
  inputs: {
    status: userStatusInput,
    created: field.datetime({ label: "Created", help: "Exactly this time." }),
    activated: field.datetime({ label: "Activated", help: "Exactly this time." }),
    statusChanged: field.datetime({ label: "Status Changed", help: "Exactly this time." }),
    lastUpdated: field.datetime({ label: "Last Updated", help: "Exactly this time." }),
    id: field.text({ label: "ID", picker: "okta.users" }),
    profile: field.object({ label: "Profile", fields: searchedProfileFields, grows: USER_PROFILE_LOADER }),
    customSearchCriteria: field.text({
      label: "Custom Search Criteria",
      placeholder: 'created gt "2026-11-01T00:00:00.000Z"',
    }),
    sortBy: field.text({
      label: "Sort by",
      group: "Sort",
      choices: SORTED_BY,
      emptyMeans: "In Okta's own order",
    }),
    sortOrder: field.text({
      label: "Sort Order",
      group: "Sort",
      choices: [
        { value: "asc", label: "ASC" },
        { value: "desc", label: "DESC" },
      ],
      emptyMeans: "ASC",
      help: "Counts only together with Sort by.",
    }),
    recordLimit: recordLimitInput,
  },
  one: rawUserFields,
  many: { key: "users", label: "Users", fields: rawUserFields },
  source: userSource,
  sample: {
    inputs: { status: "ACTIVE", profile: { department: "Engineering", lastName: "Lee" } },
    record: SAMPLE_OKTA_USER,
  },
  ask: ({ inputs }) => {
    const { status, created, activated, statusChanged, lastUpdated, id, sortBy, sortOrder } = inputs;
    const attributes = Object.entries(inputs.profile ?? {}).map(([key, value]) => [`profile.${key}`, value]);
    const search = expressionOf(
      { status, created, activated, statusChanged, lastUpdated, id, ...Object.fromEntries(attributes) },
      inputs.customSearchCriteria,
    );
    return { query: { search, sortBy, sortOrder }, limit: inputs.recordLimit };
  },
});
