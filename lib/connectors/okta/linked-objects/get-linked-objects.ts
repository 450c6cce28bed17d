import { type Card, defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { collect, recordLimit } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { path } from "../path.ts";
import { recordLimitInput } from "../result-set.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import {
  associatedUserInput,
  linkedUserIds,
  primaryNameInput,
  SAMPLE_ASSOCIATED_NAME,
  SAMPLE_MANAGER_ID,
  SAMPLE_PRIMARY_NAME,
} from "./linked-object-inputs.ts";

const STANDARD_LIMIT = 200;

const read = {
  version: 1,
  docs: docsUrl("UserLinkedObject", "listLinkedObjectsForUser"),
  connector: okta,
  category: "Linked Objects",
  endpoint: "GET /api/v1/users/{userIdOrLogin}/linkedObjects/{relationshipName}",
  effect: "read",
} as const;

export const getPrimaryLinkedObject = defineAction({
  ...read,
  scopes: ["okta.users.read"],
  id: "okta.linkedobjects.getPrimary",
  title: "Get Primary Linked Object Value",
  summary: "Reads who a user's primary is, for example their manager.",
  help: "Without a link the card succeeds with an empty output: check it with If/Else. Read User tells who the user is.",
  keywords: ["get manager", "who is the manager", "relationship"],
  inputs: { associatedUser: associatedUserInput, primaryName: primaryNameInput },
  outputs: { primaryUser: field.text({ label: "Primary User ID", help: "Okta id of the user." }) },
  sample: {
    inputs: { associatedUser: SAMPLE_USER_ID, primaryName: SAMPLE_PRIMARY_NAME },
    outputs: { primaryUser: SAMPLE_MANAGER_ID },
  },
  run: async ({ inputs: { associatedUser, primaryName }, client }) => {
    const { body } = await client.request({
      method: "GET",
      path: path`/api/v1/users/${{ associatedUser }}/linkedObjects/${{ primaryName }}`,
    });
    const [primaryUser = null] = linkedUserIds(Array.isArray(body) ? body : []);
    return { primaryUser };
  },
});

export const getAssociatedLinkedObjects = defineAction({
  ...read,
  scopes: ["okta.users.read"],
  id: "okta.linkedobjects.getAssociated",
  title: "Get Associated Linked Object Values",
  summary: "Lists the users linked to a primary, for example the subordinates of a manager.",
  keywords: ["list subordinates", "direct reports", "relationship"],
  inputs: {
    primaryUser: field.text({
      label: "Primary User ID",
      group: "User",
      required: true,
      picker: "okta.users",
      help: "The Okta id or the login, for example of the manager.",
    }),
    associatedName: field.text({
      label: "Associated Name",
      group: "Linked Object",
      required: true,
      picker: "okta.linkedObjectAssociatedNames",
      placeholder: "subordinate",
      help: "Name of the relationship's associated side, of which there are many.",
    }),
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} users`),
  },
  outputs: {
    associatedUsers: field.textList({ label: "Associated User IDs", help: "Okta ids of the users." }),
  },
  sample: {
    inputs: { primaryUser: SAMPLE_MANAGER_ID, associatedName: SAMPLE_ASSOCIATED_NAME },
    outputs: { associatedUsers: [SAMPLE_USER_ID] },
  },
  run: async ({ inputs: { primaryUser, associatedName, recordLimit: given }, client }) => {
    const request = { path: path`/api/v1/users/${{ primaryUser }}/linkedObjects/${{ associatedName }}` };
    const items = await collect(client, request, recordLimit(given, STANDARD_LIMIT));
    return { associatedUsers: linkedUserIds(items) };
  },
});

export const getLinkedObjectActions: Card[] = [getPrimaryLinkedObject, getAssociatedLinkedObjects];
