import { SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { listedApps } from "../apps/listed-apps.ts";
import { userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { listAction } from "../list-action.ts";
import { quoted } from "../loaders/search-text.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_USER_ID } from "../samples.ts";

export const listUserApps = listAction({
  id: "okta.users.listApps",
  title: "List Applications Assigned to User",
  summary: "Lists the applications a user is assigned to, directly or through a group.",
  docs: docsUrl("Application", "listApplications"),
  category: "Users",
  keywords: ["user apps", "app assignments", "access of a user", "application access"],
  endpoint: 'GET /api/v1/apps?filter=user.id eq "{userId}"',
  scope: "okta.apps.read",
  inputs: { user: userIdInput, recordLimit: recordLimitInput },
  many: listedApps,
  sample: { inputs: { user: SAMPLE_USER_ID }, record: SAMPLE_OKTA_APP },
  ask: ({ user, recordLimit: limit }) => {
    return { path: "/api/v1/apps", query: { filter: `user.id eq ${quoted(user)}` }, limit };
  },
});
