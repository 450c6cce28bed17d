import { CardError } from "../../../cards/errors.ts";
import { okta } from "../client.ts";
import { tellAdminsInput, userIdOrLoginInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUpUser, sinceAttempt } from "../read-back.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { statusOrNotFound, statusOutput } from "../status.ts";

export const deleteUser = oktaAction({
  id: "okta.users.delete",
  version: 1,
  title: "Delete User",
  summary: "Deletes a deactivated user for good. An active user is only deactivated.",
  help:
    "Okta deletes only users who are DEPROVISIONED. For any other user this card deactivates them, and a second Delete User " +
    "card deletes them: put Deactivate User before it. A user who does not exist is no failure: Status Code is 404 then.\n\n" +
    "A deleted user can't be brought back. After a lost answer the card looks whether the user is gone; where a user has just " +
    "been deactivated, it can't know by whom, and where nothing has happened, not whether it still will. It asks you then, " +
    "because sending it again might delete somebody who should only have been deactivated.",
  docs: docsUrl("User", "deleteUser"),
  connector: okta,
  category: "Users",
  keywords: ["remove user", "purge", "erase", "offboarding"],
  endpoint: "DELETE /api/v1/users/{id}",
  scopes: ["okta.users.manage"],
  effect: "write",
  repeat: "check",
  inputs: {
    user: userIdOrLoginInput,
    sendEmail: tellAdminsInput,
  },
  outputs: { statusCode: statusOutput({ missing: "there is no such user, or no longer" }) },
  sample: { inputs: { user: SAMPLE_USER_ID, sendEmail: false }, outputs: { statusCode: 204 } },
  run: async ({ inputs: { user, sendEmail }, client }) => {
    const call = { method: "DELETE", path: path`/api/v1/users/${{ user }}`, query: { sendEmail } } as const;
    return { statusCode: await statusOrNotFound(client, call) };
  },
  readBack: async ({ inputs: { user }, client, now }) => {
    const found = await lookUpUser(client, user);
    if (!found) return { statusCode: 204 };
    const leaving = found.status === "DEPROVISIONED" || found.transitioningToStatus === "DEPROVISIONED";
    // Not null: were the first call to arrive after all, it would deactivate the user and a second one delete them.
    if (!leaving)
      throw unclear(
        "The user has neither been deactivated nor deleted. Whether Okta still does what this card sent, nobody can tell; sent " +
          "twice it would delete a user who should perhaps only be deactivated.",
      );
    if (!sinceAttempt(client, found.statusChanged, now)) return null;
    throw unclear(
      "The user was deactivated about when this card ran. Whether by this card or by an earlier one, Okta does not tell.",
    );
  },
});

function unclear(message: string): CardError {
  return new CardError(message, {
    kind: "refused",
    code: "outcome-ambiguous",
    hint: "If the user should be deleted, try the card again; if deactivating was the aim, go on after it.",
  });
}
