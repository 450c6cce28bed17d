import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import type { Json } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { PAGE_SIZE } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readList } from "../read-list.ts";
import { listResultSet, rawRecords, recordLimitInput } from "../result-set.ts";
import { SAMPLE_USER_ID } from "../samples.ts";
import {
  associatedUserInput,
  linkedUserIds,
  primaryNameInput,
  SAMPLE_ASSOCIATED_NAME,
  SAMPLE_MANAGER_ID,
  SAMPLE_PRIMARY_NAME,
} from "./linked-object-inputs.ts";

/** Okta answers links to users; each ends in the id of one. */
const LINKED_USERS = {
  fields: { id: field.text({ label: "ID" }) },
  source: (link: Json) => ({ id: linkedUserIds([link])[0] ?? null }),
  pageSize: "none",
} as const;

const read = {
  version: 1,
  docs: docsUrl("UserLinkedObject", "listLinkedObjectsForUser"),
  connector: okta,
  category: "Linked Objects",
  endpoint: "GET /api/v1/users/{userIdOrLogin}/linkedObjects/{relationshipName}",
  effect: "read",
} as const;

export const getPrimaryLinkedObject = oktaAction({
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

export const getAssociatedLinkedObjects = oktaAction({
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
    recordLimit: recordLimitInput,
  },
  options: { resultSet: listResultSet(PAGE_SIZE) },
  outputs: {
    associatedUsers: field.textList({ label: "Associated User IDs", help: "Okta ids of the users." }),
    ...rawRecords,
  },
  sample: {
    inputs: { primaryUser: SAMPLE_MANAGER_ID, associatedName: SAMPLE_ASSOCIATED_NAME },
    outputs: { associatedUsers: [SAMPLE_USER_ID], rawRecords: null },
  },
  run: async (context) => {
    const { primaryUser, associatedName, recordLimit: given } = context.inputs;
    const request = { path: path`/api/v1/users/${{ primaryUser }}/linkedObjects/${{ associatedName }}` };
    const list = await readList(request, LINKED_USERS, given, context);
    return {
      associatedUsers: list.records.flatMap(({ id }) => (typeof id === "string" ? [id] : [])),
      rawRecords: list.raw,
    };
  },
});

export const getLinkedObjectActions: Card[] = [getPrimaryLinkedObject, getAssociatedLinkedObjects];
