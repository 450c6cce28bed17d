import { field } from "../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../flow/json.ts";
import { profileFields, USER_PROFILE_LOADER } from "./profile-fields.ts";
import { inGroup, labelled } from "./shape-fields.ts";

/** Every status a user can have (Okta's OpenAPI document, UserStatus). */
export const USER_STATUSES = [
  "STAGED",
  "PROVISIONED",
  "ACTIVE",
  "RECOVERY",
  "LOCKED_OUT",
  "PASSWORD_EXPIRED",
  "SUSPENDED",
  "DEPROVISIONED",
] as const;

const systemFields = {
  id: field.text({ label: "ID", help: "Okta id of the user." }),
  status: field.text({ label: "Status", help: `One of ${USER_STATUSES.join(", ")}.` }),
  created: field.datetime({ label: "Created" }),
  activated: field.datetime({ label: "Activated", help: "When the user last became active; empty before." }),
  statusChanged: field.datetime({ label: "Status Changed" }),
  lastLogin: field.datetime({ label: "Last Login" }),
  lastUpdated: field.datetime({ label: "Last Updated" }),
  passwordChanged: field.datetime({ label: "Password Changed" }),
};

const credentialsField = field.object({
  label: "Credentials",
  fields: {
    emails: field.objectList({
      label: "Emails",
      fields: {
        value: field.text({ label: "Value" }),
        status: field.text({ label: "Status" }),
        type: field.text({ label: "Type" }),
      },
    }),
    password: field.boolean({ label: "Password", help: "True where the user has a password in Okta." }),
    recoveryQuestion: field.text({ label: "Recovery Question" }),
    provider: field.object({
      label: "Provider",
      fields: { name: field.text({ label: "Name" }), type: field.text({ label: "Type" }) },
    }),
  },
});

const profileField = field.object({ label: "Profile", fields: profileFields, grows: USER_PROFILE_LOADER });
const rawBody = field.object({ label: "Raw Body", help: "The user exactly as Okta answered it." });

/** A user as the cards that read or change one give it back. Values by `userSource`. */
export const userFields = {
  ...inGroup("System Properties", { ...systemFields, credentials: credentialsField }),
  profile: labelled(profileField, "Profile Properties"),
  rawBody,
};

/** The same from the card that makes one. */
export const newUserFields = inGroup("Results", {
  rawBody,
  ...systemFields,
  credentials: credentialsField,
  profile: profileField,
});

/** A user of a list. Without the raw body, which would double what a list of thousands takes up in the history. */
export const listedUserFields = {
  ...systemFields,
  firstName: field.text({ label: "First Name" }),
  lastName: field.text({ label: "Last Name" }),
  mobilePhone: field.text({ label: "Mobile Phone" }),
  secondEmail: field.text({ label: "Second Email" }),
  login: field.text({ label: "Login" }),
  email: field.text({ label: "Email" }),
  profile: profileField,
};

/** One user found by a search: what a list has of it, and the raw body. */
export const foundUserFields = { rawBody, ...listedUserFields };

/** The same on the cards that list by filter or search, which call it Raw Output and have it for each user of a list. */
export const rawUserFields = { rawBody: labelled(rawBody, "Raw Output"), ...listedUserFields };

/** A drop-down of the statuses above. */
export const userStatusInput = field.text({
  label: "Status",
  choices: USER_STATUSES.map((value) => ({ value, label: value })),
});

/** An Okta user in the shape the fields above are read from. Anything but an object gives an empty user. */
export function userSource(body: Json | undefined): JsonObject {
  if (!isJsonObject(body)) return {};
  const profile = isJsonObject(body.profile) ? body.profile : {};
  const { firstName, lastName, mobilePhone, secondEmail, login, email } = profile;
  const flat = { firstName, lastName, mobilePhone, secondEmail, login, email };
  const given = Object.fromEntries(Object.entries(flat).filter(([, value]) => value !== undefined));
  return {
    ...body,
    ...(given as JsonObject),
    credentials: credentialsSource(body.credentials),
    rawBody: body,
  };
}

/** Okta says that there is a password by an empty object, and never says the answer to the question. */
function credentialsSource(credentials: Json | undefined): Json {
  if (!isJsonObject(credentials)) return null;
  const question = isJsonObject(credentials.recovery_question)
    ? credentials.recovery_question.question
    : null;
  return {
    password: credentials.password !== undefined && credentials.password !== null,
    recoveryQuestion: question ?? null,
    provider: credentials.provider ?? null,
    emails: credentials.emails ?? null,
  };
}
