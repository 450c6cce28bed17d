import { field } from "../../../cards/field.ts";
import { docsUrl } from "../docs-url.ts";
import { expressionOf } from "../expression.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { searchAction } from "../search-action.ts";
import { rawUserFields, userSource, userStatusInput } from "../user-fields.ts";

export const listUsersWithFilter = searchAction({
  id: "okta.users.listWithFilter",
  title: "List Users with Filter",
  summary: "Finds users by exact status, ID, login, email or name, always up to date.",
  help: `Users must match everything that is filled in; what is left empty is not asked for. Letter case matters. Deactivated users are found too.

**Custom Filter** takes eq on status, id, profile.login, profile.email, profile.firstName and profile.lastName, and eq, gt, ge, lt and le on lastUpdated, joined by and / or: \`lastUpdated gt "2026-11-01T00:00:00.000Z"\`. Other attributes: List Users with Search.

With no match the card succeeds with empty outputs: check ID with If/Else.`,
  docs: docsUrl("User", "listUsers"),
  category: "Users",
  keywords: ["find users", "search users", "filter", "users by status", "get all users"],
  path: "/api/v1/users",
  scope: "okta.users.read",
  inputs: {
    status: userStatusInput,
    lastUpdated: field.datetime({ label: "Last Updated", help: "Exactly this time." }),
    id: field.text({ label: "ID", picker: "okta.users" }),
    login: field.text({ label: "Login" }),
    email: field.text({ label: "Email" }),
    firstName: field.text({ label: "First Name" }),
    lastName: field.text({ label: "Last Name" }),
    customFilter: field.text({
      label: "Custom Filter",
      placeholder: 'status eq "LOCKED_OUT" or status eq "RECOVERY"',
    }),
    recordLimit: recordLimitInput,
  },
  one: rawUserFields,
  many: { key: "users", label: "Users", fields: rawUserFields },
  source: userSource,
  sample: {
    inputs: { status: "ACTIVE", login: "ann.lee@example.com" },
    record: SAMPLE_OKTA_USER,
  },
  ask: ({ inputs }) => {
    const { status, lastUpdated, id, login, email, firstName, lastName } = inputs;
    const profile = {
      "profile.login": login,
      "profile.email": email,
      "profile.firstName": firstName,
      "profile.lastName": lastName,
    };
    const filter = expressionOf({ status, lastUpdated, id, ...profile }, inputs.customFilter);
    return { query: { filter }, limit: inputs.recordLimit };
  },
});
