import type { Loader } from "../../cards/connector.ts";
import type { Card } from "../../cards/define.ts";
import { customApiAction } from "./api/custom-api-action.ts";
import { applicationLifecycleActions } from "./apps/application-lifecycle.ts";
import { assignUserActions } from "./apps/assign-user.ts";
import { assignedGroupActions } from "./apps/assigned-group.ts";
import { assignedUserActions } from "./apps/assigned-user.ts";
import { readApplication } from "./apps/read-application.ts";
import { searchApplications } from "./apps/search-applications.ts";
import { updateAssignedUserActions } from "./apps/update-assigned-user.ts";
import { catalogAppsLoader } from "./events/catalog-apps-loader.ts";
import { oktaEvents } from "./events/okta-events.ts";
import { userAttributesLoader } from "./events/user-attributes-loader.ts";
import { groupActions } from "./groups/group-actions.ts";
import { bulkUserImport } from "./imports/bulk-user-import.ts";
import { importSessionActions } from "./imports/import-sessions.ts";
import { mapProfileSourceAttributes } from "./imports/map-profile-source-attributes.ts";
import { getLinkedObjectActions } from "./linked-objects/get-linked-objects.ts";
import { setLinkedObjectActions } from "./linked-objects/set-linked-object.ts";
import { appAttributeKeysLoader, appUserProfileLoader } from "./loaders/app-user-profile-loader.ts";
import { applicationsLoader, identitySourcesLoader } from "./loaders/applications-loader.ts";
import { attributeValuesLoader, departmentsLoader } from "./loaders/attribute-values-loader.ts";
import { groupProfileLoader } from "./loaders/group-profile-loader.ts";
import { groupRulesLoader } from "./loaders/group-rules-loader.ts";
import { groupsLoader } from "./loaders/groups-loader.ts";
import { associatedNamesLoader, linkedObjectDefinitionsLoader } from "./loaders/linked-objects-loader.ts";
import { userProfileLoader } from "./loaders/user-profile-loader.ts";
import { usersLoader } from "./loaders/users-loader.ts";
import { searchLogs } from "./logs/search-logs.ts";
import { assignRole } from "./roles/assign-role.ts";
import { groupRuleActions } from "./rules/rule-actions.ts";
import { createUser } from "./users/create-user.ts";
import { deleteUser } from "./users/delete-user.ts";
import { findUsers } from "./users/find-users.ts";
import { getUserByShortname } from "./users/get-user-by-shortname.ts";
import { getUsersGroups } from "./users/get-users-groups.ts";
import { lifecycleActions } from "./users/lifecycle.ts";
import { listUserApps } from "./users/list-user-apps.ts";
import { listUsersWithFilter } from "./users/list-users-with-filter.ts";
import { listUsersWithSearch } from "./users/list-users-with-search.ts";
import { reactivateUser } from "./users/reactivate-user.ts";
import { readUser } from "./users/read-user.ts";
import { updateUser } from "./users/update-user.ts";
import { userSecurityActions } from "./users/user-security.ts";

/** Event and action cards of Okta, in the order of the palette. */
export const oktaCards: Card[] = [
  ...oktaEvents,
  createUser,
  readUser,
  getUserByShortname,
  updateUser,
  findUsers,
  listUsersWithFilter,
  listUsersWithSearch,
  ...lifecycleActions,
  reactivateUser,
  deleteUser,
  ...userSecurityActions,
  getUsersGroups,
  listUserApps,
  ...groupActions,
  ...groupRuleActions,
  assignRole,
  searchLogs,
  searchApplications,
  readApplication,
  ...applicationLifecycleActions,
  ...assignUserActions,
  ...assignedUserActions,
  ...updateAssignedUserActions,
  ...assignedGroupActions,
  ...setLinkedObjectActions,
  ...getLinkedObjectActions,
  ...importSessionActions,
  bulkUserImport,
  mapProfileSourceAttributes,
  customApiAction,
];

/** What the cards ask a connection for while a flow is built. */
export const oktaLoaders: Loader[] = [
  usersLoader,
  groupsLoader,
  groupRulesLoader,
  groupProfileLoader,
  userProfileLoader,
  userAttributesLoader,
  attributeValuesLoader,
  departmentsLoader,
  catalogAppsLoader,
  applicationsLoader,
  identitySourcesLoader,
  appUserProfileLoader,
  appAttributeKeysLoader,
  linkedObjectDefinitionsLoader,
  associatedNamesLoader,
];
