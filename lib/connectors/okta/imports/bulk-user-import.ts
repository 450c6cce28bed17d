import type { OptionValues } from "../../../cards/card.ts";
import { field } from "../../../cards/field.ts";
import type { Json, JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import {
  HELP_SOURCE,
  importedUserFields,
  importOperation,
  MAX_USERS_PER_REQUEST,
  SAMPLE_SESSION_ID,
  SAMPLE_SOURCE_ID,
  sessionInput,
  sourceInput,
} from "./import-fields.ts";
import { type ImportOperation, importProfiles, loadPages, usersPerRequest } from "./load-pages.ts";

export const bulkUserImport = oktaAction({
  id: "okta.imports.bulkUsers",
  version: 1,
  title: "Bulk User Import",
  summary: "Loads users into an import session, to create, update, deactivate or delete them.",
  help:
    `${HELP_SOURCE} Map Profile Source Attributes makes the list. Users are sent in requests of up to 200 users and 200 KB; a ` +
    "session takes 50 requests. Nothing changes in Okta before Trigger Import Session.\n\n" +
    "All values are sent as texts. With Deactivate & Delete only the external ids are sent, and Okta passes over those it " +
    "does not know. An empty list is no error: nothing is sent.\n\n" +
    "A load says what each user is to be, so one whose answer was lost is sent again; it counts as another request of the " +
    "session.",
  docs: docsUrl("IdentitySource", "uploadIdentitySourceDataForUpsert"),
  connector: okta,
  category: "Identity Sources",
  keywords: ["xaas", "anything as a source", "bulk upsert", "bulk delete", "import users", "hr import"],
  endpoint:
    "POST /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}/bulk-upsert or …/bulk-delete",
  scopes: ["okta.identitySources.manage"],
  effect: "write",
  repeat: "safe",
  success: 202,
  options: { importOperation },
  inputs: {
    application: sourceInput,
    session: sessionInput,
    usersPerPage: field.number({
      label: "Users Per Page",
      group: "Bulk Import",
      emptyMeans: `${MAX_USERS_PER_REQUEST}, the most Okta takes`,
      help: "How many users are sent per request.",
    }),
    users: field.objectList({ label: "Users", group: "Data", fields: importedUserFields }),
  },
  outputs: {
    recordsImported: field.number({
      label: "Records Imported",
      group: "Response",
      help: "How many users Okta has taken.",
    }),
  },
  sample: {
    inputs: {
      application: SAMPLE_SOURCE_ID,
      session: SAMPLE_SESSION_ID,
      users: [
        {
          externalId: "HR-2001",
          profile: {
            userName: "ola.berg@example.com",
            firstName: "Ola",
            lastName: "Berg",
            email: "ola.berg@example.com",
          },
        },
      ],
    },
    outputs: { recordsImported: 1 },
  },
  writes: ({ inputs, options }) => requests(inputs, options).length,
  run: async ({ inputs, options, client }) => {
    const { application, session } = inputs;
    const pages = requests(inputs, options);
    const at = `${path`/api/v1/identity-sources/${{ application }}/sessions/${{ session }}`}/bulk-${operationOf(options)}`;
    for (const page of pages) {
      await client.request({ method: "POST", path: at, body: { entityType: "USERS", profiles: page } });
    }
    return { recordsImported: pages.flat().length };
  },
});

function operationOf({ importOperation }: OptionValues): ImportOperation {
  return importOperation === "delete" ? "delete" : "upsert";
}

/** The users in the requests they are sent in. */
function requests(
  { users, usersPerPage }: { users?: Json[]; usersPerPage?: number },
  options: OptionValues,
): JsonObject[][] {
  return loadPages(importProfiles(users ?? [], operationOf(options)), usersPerRequest(usersPerPage));
}
