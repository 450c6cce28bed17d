import type { CardOption } from "../../../cards/card.ts";
import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { APP_USER_PROFILE_LOADER } from "../apps/app-fields.ts";
import { inGroup } from "../shape-fields.ts";

/** The identity source HR System of the sandbox org, and a session as its sample outputs name it. */
export const SAMPLE_SOURCE_ID = "0oaSandboxAppA00005d";
export const SAMPLE_SESSION_ID = "aps1sample2session3d7";

export const HELP_SOURCE =
  "For orgs with the feature Anything-as-a-Source: the application is a Custom Identity Source.";

/** A session loads users in requests of at most this many, and takes at most this many requests. */
export const MAX_USERS_PER_REQUEST = 200;
export const MAX_REQUESTS = 50;

/** The identity source: its id is the id of its application. */
export const sourceInput = field.text({
  label: "Application",
  group: "Application",
  required: true,
  picker: "okta.identitySources",
  help: "The Custom Identity Source application the users come from.",
});

export const sessionInput = field.text({
  label: "Session ID",
  group: "Application",
  required: true,
  help: "From Create Import Session or List Import Sessions.",
});

export const importOperation: CardOption = {
  label: "Import Operation",
  choices: [
    { value: "upsert", label: "Create & Update" },
    { value: "delete", label: "Deactivate & Delete" },
  ],
  default: "upsert",
};

/** An import session, in a list. Values by `sessionSource`. */
export const listedSessionFields = {
  id: field.text({ label: "ID", help: "Id of the import session." }),
  application: field.text({ label: "Application ID" }),
  status: field.text({
    label: "Status",
    help: "CREATED, IN_PROGRESS, TRIGGERED, COMPLETED, CLOSED, EXPIRED or ERROR.",
  }),
  importType: field.text({ label: "Import Type" }),
  created: field.datetime({ label: "Created" }),
  lastUpdated: field.datetime({ label: "Last Updated" }),
};

/** The same from the cards about one. */
export const sessionFields = inGroup("Session", listedSessionFields);

/** The attributes every identity source takes; the ones its admin added follow from its schema. */
export const sourceProfileFields = {
  userName: field.text({ label: "Username" }),
  firstName: field.text({ label: "First name" }),
  lastName: field.text({ label: "Last name" }),
  email: field.text({ label: "Email" }),
  secondEmail: field.text({ label: "Second email" }),
  mobilePhone: field.text({ label: "Mobile phone" }),
  homeAddress: field.text({ label: "Home address" }),
};

/** Users as Map Profile Source Attributes makes them and Bulk User Import takes them. */
export const importedUserFields = {
  externalId: field.text({ label: "External ID", help: "What the user is known by in the source." }),
  profile: field.object({
    label: "Profile",
    fields: sourceProfileFields,
    grows: APP_USER_PROFILE_LOADER,
    growsBy: "application",
  }),
};

/** A session as Okta answers it, in the shape the fields above are read from. */
export function sessionSource(body: Json | undefined): JsonObject {
  return isJsonObject(body) ? { ...body, application: body.identitySourceId ?? null } : {};
}

/** A session as GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId} answers. */
export const SAMPLE_OKTA_SESSION: JsonObject = {
  id: SAMPLE_SESSION_ID,
  identitySourceId: SAMPLE_SOURCE_ID,
  status: "CREATED",
  importType: "INCREMENTAL",
  created: "2026-11-20T06:00:00.000Z",
  lastUpdated: "2026-11-20T06:00:00.000Z",
};

/** Okta takes texts only: numbers and true/false become texts, lists and objects JSON, nothing is left out. */
export function asTexts(profile: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(profile).flatMap(([key, value]) => {
      if (value === undefined || value === null) return [];
      return [[key, typeof value === "object" ? JSON.stringify(value) : String(value)]];
    }),
  );
}
