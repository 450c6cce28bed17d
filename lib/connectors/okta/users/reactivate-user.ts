import { field } from "../../../cards/field.ts";
import { isJsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { userInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs } from "../read-outputs.ts";
import { SAMPLE_PROVISIONED_LOGIN } from "../samples.ts";
import { statusOutput } from "../status.ts";
import { sendEmailOption, sendsEmail } from "./send-email-option.ts";

const WITHOUT_EMAIL = { option: "sendEmail", is: ["no"] };

const outputs = {
  statusCode: statusOutput({ success: 200 }),
  activationUrl: field.text({
    label: "Activation URL",
    group: "Response",
    secret: true,
    when: WITHOUT_EMAIL,
    help: "Whoever opens it can set the user's password.",
  }),
  activationToken: field.text({
    label: "Activation Token",
    group: "Response",
    secret: true,
    when: WITHOUT_EMAIL,
  }),
};

export const reactivateUser = oktaAction({
  id: "okta.users.reactivate",
  version: 1,
  title: "Reactivate User",
  summary: "Starts the activation of a user again who has not finished it, by email or with a new link.",
  help:
    "Works on users who are PROVISIONED or RECOVERY, whose activation link has run out (else E0000038). To bring back a " +
    "deactivated user, use Activate User.\n\n" +
    "After a lost answer a new link is simply made; an email may have been sent, so the execution asks you.",
  docs: docsUrl("UserLifecycle", "reactivateUser"),
  connector: okta,
  category: "Users",
  keywords: ["activation link", "resend activation email", "welcome email", "pending user"],
  endpoint: "POST /api/v1/users/{id}/lifecycle/reactivate",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "ask",
  // The status stays as it is, so there is nothing to read back; a second link harms nobody, a second email might.
  effectByOption: { option: "sendEmail", is: { no: { effect: "write", repeat: "safe" } } },
  options: sendEmailOption(
    "Whether Okta sends the user the activation email. If not, the card gives the link.",
    "no",
  ),
  inputs: { user: userInput },
  outputs,
  sample: {
    inputs: { user: SAMPLE_PROVISIONED_LOGIN },
    outputs: {
      statusCode: 200,
      activationUrl: "https://example.okta.com/welcome/XE6wE17zmphl3KqAPFxO",
      activationToken: "XE6wE17zmphl3KqAPFxO",
    },
  },
  run: async ({ inputs: { user }, options, client }) => {
    const { status, body } = await client.request({
      method: "POST",
      path: path`/api/v1/users/${{ user }}/lifecycle/reactivate`,
      query: { sendEmail: sendsEmail(options) },
    });
    return readOutputs(outputs, { ...(isJsonObject(body) ? body : {}), statusCode: status });
  },
});
