import { field } from "../../../cards/field.ts";
import type { Json } from "../../../flow/json.ts";
import { readOutputs } from "../read-outputs.ts";
import { statusOutput } from "../status.ts";
import { userSource } from "../user-fields.ts";

/** What the calls that change credentials answer: that there are some, never which. */
export const credentialsOutputs = {
  statusCode: statusOutput({ success: 200 }),
  recoveryQuestion: field.text({
    label: "Recovery Question",
    group: "Credentials",
    help: "Empty where the user has none.",
  }),
  provider: field.object({
    label: "Provider",
    group: "Credentials",
    fields: { name: field.text({ label: "Name" }), type: field.text({ label: "Type" }) },
  }),
};

/** The outputs above from the credentials of a user, as Okta answers them. */
export function readCredentials(credentials: Json | undefined) {
  const { credentials: read = null } = userSource({ credentials: credentials ?? null });
  const known = typeof read === "object" && read !== null && !Array.isArray(read) ? read : {};
  return readOutputs(credentialsOutputs, { ...known, statusCode: 200 });
}

/** Sample outputs of the cards that change credentials. */
export const SAMPLE_CREDENTIALS = {
  statusCode: 200,
  recoveryQuestion: "What grew in front of your first house?",
  provider: { type: "OKTA", name: "OKTA" },
};

/** What the cards answer that start a recovery: without an email, the link in its place. */
export function resetLinkOutputs(help: string) {
  return {
    statusCode: statusOutput({ success: 200 }),
    resetPasswordUrl: field.text({
      label: "Reset Password URL",
      group: "Response",
      secret: true,
      when: { option: "sendEmail", is: ["no"] },
      help,
    }),
  };
}
