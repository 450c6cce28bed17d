import type { Offer } from "./offer.ts";

/** What HappyFox Workflows offers for Okta. */
export const happyFox: readonly Offer[] = [
  ["event", "User Account Auto-Locked", "okta.users.locked"],
  ["event", "User Activated", "okta.users.activated"],
  ["event", "User Added to Group", "okta.groups.userAdded"],
  ["event", "User Deactivated", "okta.users.deactivated"],
  ["event", "User Profile Updated", "okta.users.profileUpdated"],
  ["action", "Create User", "okta.users.create"],
  ["action", "Get user by login name", "okta.users.read"],
  ["action", "Activate user", "okta.users.activate"],
  ["action", "Reactivate user", "okta.users.reactivate"],
  ["action", "Deactivate user", "okta.users.deactivate"],
  ["action", "Suspend user", "okta.users.suspend"],
  ["action", "Unsuspend user", "okta.users.unsuspend"],
  ["action", "Unlock user", "okta.users.unlock"],
  ["action", "Reset password for user", "okta.users.resetPassword"],
  ["action", "Expire password for user", "okta.users.expirePassword"],
  ["action", "Reset user factors", "okta.users.resetFactors"],
  ["action", "Clear user sessions", "okta.users.clearSessions"],
  ["action", "Add user to group", "okta.groups.addUser"],
  ["action", "Remove user from group", "okta.groups.removeUser"],
  ["action", "Assign app to user", "okta.apps.assignUser"],
  ["action", "Revoke app for user", "okta.apps.removeUser"],
];
