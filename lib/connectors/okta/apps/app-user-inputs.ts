import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";

/** Name and password of the user in the application. */
export const appCredentialsInputs = {
  userName: field.text({
    label: "Username",
    group: "Credentials",
    help: "Name of the user in the application, up to 100 characters.",
  }),
  password: field.text({
    label: "Password",
    group: "Credentials",
    secret: true,
    help: "Only for applications to which Okta signs in with a password (else E0000041).",
  }),
};

/** The credentials to send, undefined where neither is filled in. */
export function appCredentials(given: { userName?: string; password?: string }): JsonObject | undefined {
  const credentials: JsonObject = {};
  if (given.userName) credentials.userName = given.userName;
  if (given.password) credentials.password = { value: given.password };
  return filled(credentials);
}

/** The object, undefined where nothing is in it. */
export function filled(object: JsonObject | undefined): JsonObject | undefined {
  return object && Object.keys(object).length > 0 ? object : undefined;
}

/** An update in which nothing is filled in would be sent for nothing, and a flow that sends it has a mistake. */
export function nothingToUpdate(): CardError {
  return new CardError("There is nothing to update: every input but application and user is empty.", {
    kind: "input",
    code: "nothing-to-update",
    hint: "Fill in an input, or leave the card out with If/Else when there is nothing.",
  });
}
