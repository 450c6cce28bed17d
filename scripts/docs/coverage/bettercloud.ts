import type { Offer } from "./offer.ts";

/** What BetterCloud offers for Okta. */
export const betterCloud: readonly Offer[] = [
  ["event", "User Added To Group", "okta.groups.userAdded"],
  ["event", "New User", "okta.users.created"],
  ["event", "Administrator Added", "okta.users.administratorAdded"],
  ["event", "Administrator Removed", "okta.users.administratorRemoved"],
  ["event", "Administrator Count Exceeds Threshold", "okta.users.administratorCountExceeded"],
  ["action", "Create User", "okta.users.create"],
  ["action", "Edit User Profile", "okta.users.update"],
  ["action", "Activate User", "okta.users.activate"],
  ["action", "Deactivate User", "okta.users.deactivate"],
  ["action", "Suspend User", "okta.users.suspend"],
  ["action", "Unsuspend User", "okta.users.unsuspend"],
  ["action", "Unlock User", "okta.users.unlock"],
  ["action", "Reset Password", "okta.users.resetPassword"],
  ["action", "Reset Factors", "okta.users.resetFactors"],
  ["action", "Add User to Group", "okta.groups.addUser"],
];
