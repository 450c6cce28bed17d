import { field, type TypedFields } from "../../cards/field.ts";
import { labelled, required } from "./shape-fields.ts";

/** Id of the loader that adds an org's custom profile attributes. */
export const USER_PROFILE_LOADER = "okta.userProfile";

/**
 * The 31 attributes every Okta org has, in the order and with the titles of its user schema
 * (GET /api/v1/meta/schemas/user/default, definitions.base).
 */
export const profileFields = {
  login: field.text({ label: "Username", help: "Name the user signs in with, usually an email address." }),
  firstName: field.text({ label: "First name" }),
  lastName: field.text({ label: "Last name" }),
  middleName: field.text({ label: "Middle name" }),
  honorificPrefix: field.text({ label: "Honorific prefix", help: "Prefix of the name, such as Dr." }),
  honorificSuffix: field.text({ label: "Honorific suffix", help: "Suffix of the name, such as III." }),
  email: field.text({ label: "Primary email" }),
  title: field.text({ label: "Title", help: "Job title, such as Vice President." }),
  displayName: field.text({ label: "Display name", help: "The name shown to other people." }),
  nickName: field.text({ label: "Nickname" }),
  profileUrl: field.text({ label: "Profile Url", help: "Address of the user's page on the web." }),
  secondEmail: field.text({ label: "Secondary email", help: "Used to recover the account." }),
  mobilePhone: field.text({ label: "Mobile phone" }),
  primaryPhone: field.text({ label: "Primary phone" }),
  streetAddress: field.text({ label: "Street address" }),
  city: field.text({ label: "City" }),
  state: field.text({ label: "State", help: "State or region." }),
  zipCode: field.text({ label: "Zip code", help: "Postal code." }),
  countryCode: field.text({ label: "Country code", help: "Two letters by ISO 3166-1, such as US." }),
  postalAddress: field.text({ label: "Postal Address" }),
  preferredLanguage: field.text({ label: "Preferred language", help: "Two letters, such as en, or en-US." }),
  locale: field.text({ label: "Locale", help: "How dates and numbers are written, such as en_US." }),
  timezone: field.text({ label: "Time zone", help: "By the tz database, such as America/Los_Angeles." }),
  userType: field.text({ label: "User type", help: "Relation to the organization, such as Contractor." }),
  employeeNumber: field.text({ label: "Employee number" }),
  costCenter: field.text({ label: "Cost center" }),
  organization: field.text({ label: "Organization" }),
  division: field.text({ label: "Division" }),
  department: field.text({ label: "Department" }),
  managerId: field.text({ label: "ManagerId", help: "Okta id of the user's manager." }),
  manager: field.text({ label: "Manager", help: "Display name of the user's manager." }),
};

const { firstName, lastName, email, login, mobilePhone, ...others } = profileFields;

/**
 * The same for a new user, whom Okta refuses without the first four. These five have the names the card that creates a
 * user has always had for them, in its order.
 */
export const newProfileFields = {
  firstName: required(labelled(firstName, "First Name")),
  lastName: required(labelled(lastName, "Last Name")),
  email: required(labelled(email, "Email")),
  login: required(labelled(login, "Login")),
  mobilePhone: labelled(mobilePhone, "Mobile Phone"),
  ...others,
};

/** The same to be changed: all but what Okta demands of every user may be emptied. */
export const changedProfileFields = {
  ...profileFields,
  firstName: { ...firstName, clearable: false },
  lastName: { ...lastName, clearable: false },
  email: { ...email, clearable: false },
  login: { ...login, clearable: false },
};

/** The same to search by, each word of a name with a capital, as on the other criteria. */
export const searchedProfileFields: TypedFields = Object.fromEntries(
  Object.entries(profileFields).map(([key, attribute]) => [
    key,
    labelled(
      attribute,
      attribute.label.replace(/ [a-z]/g, (letter) => letter.toUpperCase()),
    ),
  ]),
);
