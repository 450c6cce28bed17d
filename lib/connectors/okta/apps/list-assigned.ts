import { field } from "../../../cards/field.ts";
import type { Json } from "../../../flow/json.ts";
import { docsUrl } from "../docs-url.ts";
import { listAction, type Many } from "../list-action.ts";
import { path } from "../path.ts";
import { recordLimitInput } from "../result-set.ts";
import {
  appGroupSource,
  applicationInput,
  appUserSource,
  listedAppGroupFields,
  listedAppUserFields,
} from "./app-fields.ts";
import { SAMPLE_APP_ID, SAMPLE_OKTA_APP_GROUP, SAMPLE_OKTA_APP_USER } from "./app-samples.ts";

/** What the two lists of an application differ in. */
interface Assigned {
  id: string;
  what: "users" | "groups";
  summary: string;
  tag: string;
  operation: string;
  keywords: string[];
  queryHelp: string;
  many: Pick<Many, "fields" | "source" | "firstPage" | "pageSize" | "smallestPage">;
  record: Json;
}

function listAssigned({ what, tag, operation, queryHelp, many, record, ...card }: Assigned) {
  const label = what === "users" ? "Users" : "Groups";
  return listAction({
    ...card,
    title: `List ${label} Assigned to Application`,
    docs: docsUrl(tag, operation),
    category: "Applications",
    endpoint: `GET /api/v1/apps/{appId}/${what}`,
    scope: "okta.apps.read",
    inputs: {
      application: applicationInput,
      query: field.text({ label: "Query", emptyMeans: `All ${what}`, help: queryHelp }),
      recordLimit: recordLimitInput,
    },
    many: { key: what, label, group: "Result", ...many },
    sample: { inputs: { application: SAMPLE_APP_ID }, record },
    ask: ({ application, query: q, recordLimit: limit }) => ({
      path:
        what === "users"
          ? path`/api/v1/apps/${{ application }}/users`
          : path`/api/v1/apps/${{ application }}/groups`,
      query: { q },
      limit,
    }),
  });
}

export const listAssignedUsers = listAssigned({
  id: "okta.apps.listUsers",
  what: "users",
  summary: "Lists the users who are assigned to an application, directly or through a group.",
  tag: "ApplicationUsers",
  operation: "listApplicationUsers",
  keywords: ["list users assigned to an app", "app users", "who has access", "access review"],
  queryHelp: "Only users whose username, name or email begins with it.",
  // Okta gives up to 500 of them per page.
  many: { fields: listedAppUserFields, source: appUserSource, firstPage: 500, pageSize: 500 },
  record: SAMPLE_OKTA_APP_USER,
});

export const listAssignedGroups = listAssigned({
  id: "okta.apps.listGroups",
  what: "groups",
  summary: "Lists the groups that are assigned to an application.",
  tag: "ApplicationGroups",
  operation: "listApplicationGroupAssignments",
  keywords: ["app groups", "group assignments", "who has access"],
  queryHelp: "Only groups whose name begins with it.",
  // Okta refuses pages of fewer.
  many: { fields: listedAppGroupFields, source: appGroupSource, smallestPage: 20 },
  record: SAMPLE_OKTA_APP_GROUP,
});
