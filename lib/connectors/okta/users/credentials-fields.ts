import { field } from "../../../cards/field.ts";
import type { Json } from "../../../flow/json.ts";
import { readOutputs } from "../read-outputs.ts";
import { userSource } from "../user-fields.ts";

/** What the calls that change credentials answer: that there are some, never which. */
export const credentialsOutputs = {
  statusCode: field.number({ label: "Status Code", help: "200 when Okta has carried it out." }),
  recoveryQuestion: field.text({ label: "Recovery Question", help: "Empty where the user has none." }),
  provider: field.object({
    label: "Provider",
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

/** For calls of Okta that take the id of a user only. */
export const userId = field.text({
  label: "User ID",
  required: true,
  picker: "okta.users",
  help: "The Okta id of the user; this call of Okta takes no login.",
});
