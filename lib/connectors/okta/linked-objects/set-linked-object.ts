import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import { statusOf, statusOutput } from "../status.ts";
import {
  associatedUserInput,
  primaryNameInput,
  SAMPLE_MANAGER_ID,
  SAMPLE_PRIMARY_NAME,
} from "./linked-object-inputs.ts";

/** What the two cards share. Both calls leave the same link however often they are sent. */
const link = {
  version: 1,
  connector: okta,
  category: "Linked Objects",
  effect: "write",
  repeat: "safe",
  outputs: { statusCode: statusOutput({}) },
} as const;

export const setLinkedObject = oktaAction({
  ...link,
  scopes: ["okta.users.manage"],
  id: "okta.linkedobjects.set",
  title: "Set Linked Object Value for Primary",
  summary: "Links a user to their primary, for example to their manager.",
  help: "A user has one primary per relationship: a link to somebody else is replaced.",
  docs: docsUrl("UserLinkedObject", "assignLinkedObjectValueForPrimary"),
  keywords: ["set manager", "relationship", "link users", "subordinate"],
  endpoint: "PUT /api/v1/users/{userIdOrLogin}/linkedObjects/{primaryRelationshipName}/{primaryUserId}",
  inputs: {
    primaryUser: field.text({
      label: "Primary User ID",
      group: "User",
      required: true,
      picker: "okta.users",
      help: "The Okta id, for example of the manager; Okta takes no login here.",
    }),
    associatedUser: associatedUserInput,
    primaryName: primaryNameInput,
  },
  sample: {
    inputs: {
      primaryUser: SAMPLE_MANAGER_ID,
      associatedUser: SAMPLE_USER_ID,
      primaryName: SAMPLE_PRIMARY_NAME,
    },
    outputs: { statusCode: 204 },
  },
  run: async ({ inputs: { primaryUser, associatedUser, primaryName }, client }) => {
    const at = path`/api/v1/users/${{ associatedUser }}/linkedObjects/${{ primaryName }}/${{ primaryUser }}`;
    return { statusCode: await statusOf(client, { method: "PUT", path: at }) };
  },
});

export const deleteLinkedObject = oktaAction({
  ...link,
  scopes: ["okta.users.manage"],
  id: "okta.linkedobjects.delete",
  title: "Delete Linked Object Value",
  summary: "Ends the link between a user and their primary.",
  help: "Where there is no link, Okta answers the same.",
  docs: docsUrl("UserLinkedObject", "deleteLinkedObjectForUser"),
  keywords: ["remove manager", "unlink users", "relationship"],
  endpoint: "DELETE /api/v1/users/{userIdOrLogin}/linkedObjects/{relationshipName}",
  inputs: { associatedUser: associatedUserInput, primaryName: primaryNameInput },
  sample: {
    inputs: { associatedUser: SAMPLE_USER_ID, primaryName: SAMPLE_PRIMARY_NAME },
    outputs: { statusCode: 204 },
  },
  run: async ({ inputs: { associatedUser, primaryName }, client }) => {
    const at = path`/api/v1/users/${{ associatedUser }}/linkedObjects/${{ primaryName }}`;
    return { statusCode: await statusOf(client, { method: "DELETE", path: at }) };
  },
});

export const setLinkedObjectActions: Card[] = [setLinkedObject, deleteLinkedObject];
