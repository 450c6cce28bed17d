import type { Card } from "../../../cards/define.ts";
import { addUserToGroups } from "./add-user-to-groups.ts";
import { createGroup } from "./create-group.ts";
import { deleteGroup } from "./delete-group.ts";
import { getGroupByName } from "./get-group-by-name.ts";
import { listGroupApps } from "./list-group-apps.ts";
import { listGroupMembers } from "./list-group-members.ts";
import { membershipActions } from "./membership.ts";
import { readGroup } from "./read-group.ts";
import { searchGroups } from "./search-groups.ts";
import { updateGroup } from "./update-group.ts";

/** The cards about groups and who is in them, in the order of the palette. */
export const groupActions: Card[] = [
  createGroup,
  readGroup,
  getGroupByName,
  searchGroups,
  updateGroup,
  deleteGroup,
  listGroupMembers,
  ...membershipActions,
  addUserToGroups,
  listGroupApps,
];
