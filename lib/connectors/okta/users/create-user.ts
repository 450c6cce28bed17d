import type { CardOption } from "../../../cards/card.ts";
import { field } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { newProfileFields, USER_PROFILE_LOADER } from "../profile-fields.ts";
import { lookUpUser, sinceAttempt } from "../read-back.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { newUserFields, userSource } from "../user-fields.ts";

const WITH_QUESTION = { option: "option", is: ["question", "passwordAndQuestion"] };
const WITH_PASSWORD = { option: "option", is: ["password", "passwordAndQuestion"] };
const WITH_PROVIDER = { option: "option", is: ["provider"] };
const IN_GROUP = { option: "option", is: ["group"] };

const option: CardOption = {
  label: "Option",
  help: "What the user is created with.",
  choices: [
    { value: "none", label: "Without credentials" },
    { value: "question", label: "With recovery question" },
    { value: "password", label: "With password" },
    { value: "passwordAndQuestion", label: "With password and recovery questions" },
    { value: "provider", label: "With authentication provider" },
    { value: "group", label: "In group" },
  ],
  default: "none",
};

const PROVIDERS = ["OKTA", "ACTIVE_DIRECTORY", "LDAP", "FEDERATION", "SOCIAL", "IMPORT"];

const inputs = {
  profile: field.object({
    label: "Profile",
    required: true,
    fields: newProfileFields,
    grows: USER_PROFILE_LOADER,
  }),
  question: field.text({
    label: "Question",
    group: "Credentials",
    required: true,
    when: WITH_QUESTION,
    help: "1 to 100 characters.",
  }),
  answer: field.text({
    label: "Answer",
    group: "Credentials",
    required: true,
    secret: true,
    when: WITH_QUESTION,
    help: "At least 4 characters.",
  }),
  password: field.text({
    label: "Password",
    group: "Credentials",
    required: true,
    secret: true,
    when: WITH_PASSWORD,
    help: "Must meet the password policy of the org.",
  }),
  providerName: field.text({
    label: "Provider Name",
    group: "Credentials",
    when: WITH_PROVIDER,
    help: "For ACTIVE_DIRECTORY and LDAP the name of the directory instance.",
  }),
  providerType: field.text({
    label: "Provider Type",
    group: "Credentials",
    required: true,
    choices: PROVIDERS.map((value) => ({ value, label: value })),
    when: WITH_PROVIDER,
  }),
  groupIds: field.textList({
    label: "Group IDs",
    group: "Group",
    required: true,
    picker: "okta.groups",
    when: IN_GROUP,
    help: "Up to 20 groups. Everyone is in the group Everyone without it.",
  }),
  activate: field.boolean({
    label: "Activate",
    group: "Activate",
    emptyMeans: "Yes: Okta activates the user at once.",
  }),
  changePassword: field.boolean({
    label: "Change Password at Next Login",
    group: "Activate",
    when: WITH_PASSWORD,
    emptyMeans: "No",
    help: "Only for a user who is activated.",
  }),
};

export const createUser = oktaAction({
  id: "okta.users.create",
  version: 1,
  title: "Create User",
  summary: "Creates a user, with or without credentials.",
  help:
    "The user becomes STAGED when not activated, PROVISIONED when activated without a password, and ACTIVE with one. " +
    "A login that is taken fails the card (E0000001).\n\n" +
    "After a lost answer the card looks for the login: a user created since the attempt began is taken as its own. An older " +
    "one is not, and Okta answers that the login is taken.",
  docs: docsUrl("User", "createUser"),
  connector: okta,
  category: "Users",
  keywords: [
    "new user",
    "add user",
    "onboarding",
    "joiner",
    "hire",
    "create user with password",
    "provision",
  ],
  endpoint: "POST /api/v1/users",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "check",
  options: { option },
  inputs,
  outputs: newUserFields,
  sample: {
    inputs: {
      profile: {
        login: "ola.berg@example.com",
        firstName: "Ola",
        lastName: "Berg",
        email: "ola.berg@example.com",
        department: "Engineering",
      },
      activate: true,
    },
    outputs: readSample(
      newUserFields,
      userSource({ ...SAMPLE_OKTA_USER, status: "PROVISIONED", lastLogin: null }),
    ),
  },
  run: async ({ inputs: given, options, client }) => {
    const credentials = credentialsOf(given);
    const body: JsonObject = { profile: given.profile };
    if (Object.keys(credentials).length > 0) body.credentials = credentials;
    if (given.groupIds) body.groupIds = given.groupIds;
    const answer = await client.request({
      method: "POST",
      path: "/api/v1/users",
      query: {
        activate: given.activate,
        provider: options.option === "provider" ? true : undefined,
        nextLogin: given.changePassword ? "changePassword" : undefined,
      },
      body,
    });
    return readOutputs(newUserFields, userSource(answer.body));
  },
  readBack: async ({ inputs: { profile }, client, now }) => {
    const found = await lookUpUser(client, profile.login);
    if (!found) return null;
    const user = readOutputs(newUserFields, userSource(found));
    // Okta also finds a user by the part before the @, which is somebody else's login.
    if (user.profile?.login?.toLowerCase() !== profile.login.toLowerCase()) return null;
    return sinceAttempt(client, found.created, now) ? user : null;
  },
});

/** Inputs an option switches off never arrive, so what is here is what the option asks for. */
function credentialsOf(given: {
  password?: string;
  question?: string;
  answer?: string;
  providerType?: string;
  providerName?: string;
}): JsonObject {
  const credentials: JsonObject = {};
  if (given.password) credentials.password = { value: given.password };
  if (given.question && given.answer) {
    credentials.recovery_question = { question: given.question, answer: given.answer };
  }
  if (given.providerType) {
    const provider: JsonObject = { type: given.providerType };
    if (given.providerName) provider.name = given.providerName;
    credentials.provider = provider;
  }
  return credentials;
}
