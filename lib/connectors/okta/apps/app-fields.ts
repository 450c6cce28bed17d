import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { inGroup } from "../shape-fields.ts";

/** Id of the loader that knows the profile an application keeps of its users. */
export const APP_USER_PROFILE_LOADER = "okta.appUserProfile";
/** Id of the loader of the same attributes, for cards that ask under which key another system has each. */
export const APP_ATTRIBUTE_KEYS_LOADER = "okta.appUserAttributeKeys";

/** The application a card is about: chosen, typed or mapped. Cards whose fields depend on it grow by this input. */
export const applicationInput = field.text({
  label: "Application",
  group: "Application",
  required: true,
  picker: "okta.applications",
  help: "Choose it, or give its ID.",
});

const appUserProfile = { fields: {}, grows: APP_USER_PROFILE_LOADER, growsBy: "application" };

/** The profile attributes to send: those the chosen application has. */
export const appProfileInput = field.object({
  ...appUserProfile,
  label: "Profile Properties",
  help: "The attributes of the chosen application. Where its ID is mapped: an object with them by their names.",
});

/** An application of a list. */
export const listedAppFields = {
  id: field.text({ label: "ID", help: "Okta id of the application (of this instance of it)." }),
  name: field.text({ label: "Name", help: "What kind of application it is, such as salesforce." }),
  label: field.text({ label: "Label", help: "What people see." }),
  status: field.text({ label: "Status", help: "ACTIVE or INACTIVE." }),
  signOnMode: field.text({ label: "Sign-On Mode", help: "Such as SAML_2_0 or OPENID_CONNECT." }),
  created: field.datetime({ label: "Created" }),
  lastUpdated: field.datetime({ label: "Last Updated" }),
  features: field.textList({ label: "Features", help: "What provisioning does, such as PUSH_NEW_USERS." }),
  settings: field.object({ label: "Settings" }),
};

/** An application with the raw body. Values by `withRawBody`. */
export const appFields = {
  ...listedAppFields,
  rawBody: field.object({ label: "Raw Body", help: "The application exactly as Okta answered it." }),
};

const appUserSystemFields = {
  id: field.text({ label: "User ID", help: "Okta id of the user." }),
  externalId: field.text({ label: "External ID", help: "Id of the user in the application." }),
  created: field.datetime({ label: "Created", help: "When the user was assigned." }),
  lastUpdated: field.datetime({ label: "Last Updated" }),
  scope: field.text({ label: "Scope", help: "USER (assigned directly) or GROUP (through a group)." }),
  status: field.text({ label: "Status", help: "Such as ACTIVE, PROVISIONED or STAGED." }),
  statusChanged: field.datetime({ label: "Status Changed" }),
  passwordChanged: field.datetime({ label: "Password Changed" }),
  syncState: field.text({
    label: "Sync State",
    help: "DISABLED, ERROR, OUT_OF_SYNC, SYNCHRONIZED or SYNCING.",
  }),
  lastSync: field.datetime({ label: "Last Sync" }),
  credentials: field.object({
    label: "Credentials",
    fields: {
      userName: field.text({ label: "Username" }),
      password: field.boolean({
        label: "Password",
        help: "True where Okta keeps one; it never tells which.",
      }),
    },
  }),
};

/** The assignment of a user to an application, in a list. Values by `appUserSource`. */
export const listedAppUserFields = {
  profile: field.object({ ...appUserProfile, label: "Profile Properties" }),
  ...inGroup("System Properties", appUserSystemFields),
};

/** The same with the raw body. */
export const appUserFields = {
  ...listedAppUserFields,
  rawBody: field.object({ label: "Raw Body", help: "The assignment exactly as Okta answered it." }),
};

/** The assignment of a group to an application, in a list. Values by `appGroupSource`. */
export const listedAppGroupFields = {
  id: field.text({ label: "ID", help: "Okta id of the group." }),
  lastUpdated: field.datetime({ label: "Last Updated" }),
  priority: field.number({
    label: "Priority",
    help: "Of several groups of a user, the one with the lowest number gives the attributes.",
  }),
  links: field.object({ label: "Links" }),
  profile: field.object({ ...appUserProfile, label: "Profile" }),
};

/** The same from the cards about one. */
export const appGroupFields = inGroup("Group", listedAppGroupFields);

/** What Okta answered, and beside it the whole of it. */
export function withRawBody(body: Json | undefined): JsonObject {
  return isJsonObject(body) ? { ...body, rawBody: body } : {};
}

/** An assignment of a user in the shape the fields above are read from. */
export function appUserSource(body: Json | undefined): JsonObject {
  if (!isJsonObject(body)) return {};
  const { credentials } = body;
  if (!isJsonObject(credentials)) return withRawBody(body);
  // An empty object says that there is a password, as with users.
  const password = credentials.password !== undefined && credentials.password !== null;
  return { ...withRawBody(body), credentials: { ...credentials, password } };
}

/** An assignment of a group in the shape the fields above are read from. */
export function appGroupSource(body: Json | undefined): JsonObject {
  return isJsonObject(body) ? { ...body, links: body._links ?? null } : {};
}
