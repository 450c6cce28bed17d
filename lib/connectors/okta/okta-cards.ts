import type { Loader } from "../../cards/connector.ts";
import type { Card } from "../../cards/define.ts";
import { customApiAction } from "./api/custom-api-action.ts";
import { catalogAppsLoader } from "./events/catalog-apps-loader.ts";
import { oktaEvents } from "./events/okta-events.ts";
import { listGroupMembers } from "./groups/list-group-members.ts";
import { membershipActions } from "./groups/membership.ts";
import { readGroup } from "./groups/read-group.ts";
import { searchGroups } from "./groups/search-groups.ts";
import { groupsLoader } from "./loaders/groups-loader.ts";
import { userProfileLoader } from "./loaders/user-profile-loader.ts";
import { usersLoader } from "./loaders/users-loader.ts";
import { createUser } from "./users/create-user.ts";
import { deleteUser } from "./users/delete-user.ts";
import { findUsers } from "./users/find-users.ts";
import { getUsersGroups } from "./users/get-users-groups.ts";
import { lifecycleActions } from "./users/lifecycle.ts";
import { readUser } from "./users/read-user.ts";
import { updateUser } from "./users/update-user.ts";

/** Event and action cards of Okta, in the order of the palette. */
export const oktaCards: Card[] = [
  ...oktaEvents,
  createUser,
  readUser,
  updateUser,
  findUsers,
  ...lifecycleActions,
  deleteUser,
  getUsersGroups,
  searchGroups,
  readGroup,
  listGroupMembers,
  ...membershipActions,
  customApiAction,
];

/** What the cards ask a connection for while a flow is built. */
export const oktaLoaders: Loader[] = [usersLoader, groupsLoader, userProfileLoader, catalogAppsLoader];
