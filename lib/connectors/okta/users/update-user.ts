import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { userIdOrLoginInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { changedProfileFields, USER_PROFILE_LOADER } from "../profile-fields.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_OKTA_USER, SAMPLE_USER_ID } from "../samples.ts";
import { userFields, userSource } from "../user-fields.ts";

export const updateUser = oktaAction({
  id: "okta.users.update",
  version: 1,
  title: "Update User",
  summary: "Changes profile attributes or credentials of a user.",
  help:
    "**Partial** changes what you fill in and leaves the rest. An empty input is never sent, nor is a mapping that comes to " +
    "nothing, so neither can blank an attribute. To blank one, clear it on purpose.\n\n" +
    "**Strict** replaces the whole profile: Okta deletes every attribute you leave empty, and asks for username, first name, " +
    "last name and primary email.\n\n" +
    "Deactivated users can't be updated (E0000007).",
  docs: docsUrl("User", "updateUser"),
  connector: okta,
  category: "Users",
  keywords: ["edit user profile", "change attribute", "set password", "update user profile with id", "mover"],
  endpoint: "POST /api/v1/users/{id} (Partial) or PUT /api/v1/users/{id} (Strict)",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "safe",
  options: {
    semantics: {
      label: "Update Semantics",
      choices: [
        { value: "partial", label: "Partial" },
        { value: "strict", label: "Strict" },
      ],
      default: "partial",
    },
  },
  inputs: {
    user: userIdOrLoginInput,
    profile: field.object({
      label: "Profile",
      fields: changedProfileFields,
      grows: USER_PROFILE_LOADER,
      clearable: true,
    }),
    password: field.text({
      label: "Password",
      group: "Credentials",
      secret: true,
      help: "Sets a new password without asking for the old one.",
    }),
    recoveryQuestion: field.text({
      label: "Recovery Question",
      group: "Credentials",
      help: "Goes together with the answer.",
    }),
    recoveryAnswer: field.text({
      label: "Recovery Answer",
      group: "Credentials",
      secret: true,
      help: "At least 4 characters.",
    }),
  },
  outputs: userFields,
  sample: {
    inputs: { user: SAMPLE_USER_ID, profile: { department: "Engineering", title: "Engineer" } },
    outputs: readSample(userFields, userSource(SAMPLE_OKTA_USER)),
  },
  run: async ({ inputs, options, client }) => {
    const { user, profile, password, recoveryQuestion, recoveryAnswer } = inputs;
    const credentials: JsonObject = {};
    if (password) credentials.password = { value: password };
    if (recoveryQuestion || recoveryAnswer) {
      credentials.recovery_question = questionAndAnswer(recoveryQuestion, recoveryAnswer);
    }
    const body: JsonObject = {};
    if (profile && Object.keys(profile).length > 0) body.profile = profile;
    if (Object.keys(credentials).length > 0) body.credentials = credentials;
    if (Object.keys(body).length === 0) {
      throw new CardError("There is nothing to update: every input but the user is empty.", {
        kind: "input",
        code: "nothing-to-update",
        hint: "Fill in an attribute, or leave the card out with If/Else when there is none.",
      });
    }
    const answer = await client.request({
      method: options.semantics === "strict" ? "PUT" : "POST",
      path: path`/api/v1/users/${{ user }}`,
      body,
    });
    return readOutputs(userFields, userSource(answer.body));
  },
});

/** Okta takes question and answer together only; half of it would be refused in words that do not say so. */
function questionAndAnswer(question: string | undefined, answer: string | undefined): JsonObject {
  if (question && answer) return { question, answer };
  throw new CardError("Recovery Question and Recovery Answer go together.", {
    kind: "input",
    code: "missing-input",
    field: [question ? "recoveryAnswer" : "recoveryQuestion"],
    hint: "Fill in both, or neither.",
  });
}
