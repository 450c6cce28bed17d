import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { userIdInput, userInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_OKTA_USER, SAMPLE_PASSWORD, SAMPLE_USER_ID } from "../samples.ts";
import { userFields, userSource } from "../user-fields.ts";
import { credentialsOutputs, readCredentials, SAMPLE_CREDENTIALS } from "./credentials-fields.ts";

const questionAndAnswer = {
  question: field.text({
    label: "Question",
    group: "Credentials",
    required: true,
    help: "1 to 100 characters.",
  }),
  answer: field.text({
    label: "Answer",
    group: "Credentials",
    required: true,
    secret: true,
    help: "At least 4 characters.",
  }),
};
const SAMPLE = { question: SAMPLE_CREDENTIALS.recoveryQuestion, answer: "magnolia" };

export const setRecoveryQuestion = oktaAction({
  id: "okta.users.setRecoveryQuestion",
  version: 1,
  title: "Set Recovery Question",
  summary: "Sets a user's recovery question and answer, without asking for the password.",
  help: "Replaces the question there was. Deactivated users can't be updated (E0000007).",
  docs: docsUrl("User", "updateUser"),
  connector: okta,
  category: "Users",
  keywords: ["security question", "recovery answer", "credentials"],
  endpoint: "POST /api/v1/users/{id}",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "safe",
  inputs: {
    user: userInput,
    ...questionAndAnswer,
  },
  outputs: userFields,
  sample: {
    inputs: { user: SAMPLE_USER_ID, ...SAMPLE },
    outputs: readSample(userFields, userSource(SAMPLE_OKTA_USER)),
  },
  run: async ({ inputs: { user, question, answer }, client }) => {
    const { body } = await client.request({
      method: "POST",
      path: path`/api/v1/users/${{ user }}`,
      body: { credentials: { recovery_question: { question, answer } } },
    });
    return readOutputs(userFields, userSource(body));
  },
});

export const changeRecoveryQuestion = oktaAction({
  id: "okta.users.changeRecoveryQuestion",
  version: 1,
  title: "Change Recovery Question",
  summary: "Changes a user's recovery question and answer, given the current password.",
  help:
    "Works on users who are STAGED, ACTIVE or RECOVERY and have a password (else E0000036). A wrong password fails the card " +
    "(E0000014). Without the password: Set Recovery Question.",
  docs: docsUrl("UserCred", "changeRecoveryQuestion"),
  connector: okta,
  category: "Users",
  keywords: ["security question", "recovery answer", "credentials"],
  endpoint: "POST /api/v1/users/{userId}/credentials/change_recovery_question",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "safe",
  inputs: {
    user: userIdInput,
    password: field.text({
      label: "Password",
      group: "Credentials",
      required: true,
      secret: true,
      help: "The current one.",
    }),
    ...questionAndAnswer,
  },
  outputs: credentialsOutputs,
  sample: {
    inputs: { user: SAMPLE_USER_ID, password: SAMPLE_PASSWORD, ...SAMPLE },
    outputs: SAMPLE_CREDENTIALS,
  },
  run: async ({ inputs: { user, password, question, answer }, client }) => {
    const { body } = await client.request({
      method: "POST",
      path: path`/api/v1/users/${{ user }}/credentials/change_recovery_question`,
      body: { password: { value: password }, recovery_question: { question, answer } },
    });
    return readCredentials(body);
  },
});

export const recoveryQuestionActions: Card[] = [setRecoveryQuestion, changeRecoveryQuestion];
