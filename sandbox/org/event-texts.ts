/** Messages of the events the sandbox org writes itself. Others get one made from their type. */
const MESSAGES: Record<string, string> = {
  "user.lifecycle.create": "Create Okta user",
  "user.lifecycle.activate": "Activate Okta user",
  "user.lifecycle.reactivate": "Reactivate Okta user",
  "user.lifecycle.deactivate": "Deactivate Okta user",
  "user.lifecycle.suspend": "Suspend Okta user",
  "user.lifecycle.unsuspend": "Unsuspend Okta user",
  "user.lifecycle.delete.initiated": "Delete Okta user initiated",
  "user.lifecycle.delete.completed": "Delete Okta user completed",
  "user.account.update_profile": "Update user profile for Okta",
  "user.account.update_password": "User update password for Okta",
  "user.account.reset_password": "Fired when the user's Okta password is reset",
  "user.account.expire_password": "Expire all user passwords for Okta",
  "user.account.lock": "Max sign in attempts exceeded",
  "user.account.unlock_by_admin": "User account unlock by admin",
  "user.account.privilege.grant": "Grant user privilege",
  "user.account.privilege.revoke": "Revoke user privilege",
  "group.privilege.grant": "Grant group privilege",
  "group.privilege.revoke": "Revoke group privilege",
  "iam.role.create": "Create custom admin role",
  "iam.role.update": "Update custom admin role",
  "iam.role.delete": "Delete custom admin role",
  "iam.role.permissions.add": "Add permission to custom admin role",
  "iam.role.permissions.delete": "Delete permission from custom admin role",
  "iam.role.permission.conditions.add": "Add conditions to permission of custom admin role",
  "iam.role.permission.conditions.delete": "Delete conditions from permission of custom admin role",
  "iam.resourceset.create": "Create resource set",
  "iam.resourceset.update": "Update resource set",
  "iam.resourceset.delete": "Delete resource set",
  "iam.resourceset.resources.add": "Add resource to resource set",
  "iam.resourceset.resources.update": "Update resource of resource set",
  "iam.resourceset.resources.delete": "Delete resource from resource set",
  "iam.resourceset.bindings.add": "Create admin role assignment",
  "iam.resourceset.bindings.delete": "Delete admin role assignment",
  "user.mfa.factor.reset_all": "Reset all factors for user",
  "user.mfa.factor.update": "Update factor for user",
  "user.session.clear": "Clear user session",
  "user.session.start": "User login to Okta",
  "user.session.end": "User logout from Okta",
  "group.lifecycle.create": "Create Okta group",
  "group.lifecycle.delete": "Delete Okta group",
  "group.profile.update": "Update Okta group",
  "group.user_membership.add": "Add user to group membership",
  "group.user_membership.remove": "Remove user from group membership",
  "application.user_membership.add": "Add user to application membership",
  "application.user_membership.remove": "Remove user's application membership",
  "application.user_membership.update": "Update user's application membership",
  "application.user_membership.change_password": "Change user's application password",
  "application.provision.user.push": "Push new user to external application",
  "application.provision.user.push_profile": "Push user's profile to external application",
  "application.provision.user.import_profile": "Import user profile from external application",
  "application.lifecycle.create": "Create application",
  "application.lifecycle.update": "Update application",
  "application.lifecycle.activate": "Activate application",
  "application.lifecycle.deactivate": "Deactivate application",
  "application.lifecycle.delete": "Delete application",
  "group.application_assignment.add": "Add assigned application to group",
  "group.application_assignment.update": "Update application assignment of group",
  "group.application_assignment.remove": "Remove assigned application from group",
  "group.user_membership.rule.trigger": "Group rule triggered",
  "group.user_membership.rule.deactivated": "Group rule deactivated",
  "group.user_membership.rule.invalidate": "Group rule invalidated",
  "group.user_membership.rule.add_exclusion": "User added to the exclusion list for group rule",
  "system.import.start": "Start import",
  "system.import.complete": "Complete import",
  "app.oauth2.authorize.code": "OIDC authorization code request",
  "app.oauth2.token.grant": "OIDC token request grant",
  "app.oauth2.token.revoke": "OAuth2 token revocation request",
  "event_hook.created": "Event hook created",
  "event_hook.updated": "Event hook updated",
  "event_hook.deleted": "Event hook deleted",
  "event_hook.activated": "Event hook activated",
  "event_hook.deactivated": "Event hook deactivated",
  "event_hook.verified": "Event hook verified",
  "event_hook.delivery": "Event hook delivery failed",
  "system.api_token.create": "Create API token",
  "system.api_token.revoke": "Revoke API token",
  "system.org.rate_limit.violation": "Rate limit violation",
};

/** Pre-2018 names, where a recorded payload shows one. */
const LEGACY: Record<string, string> = {
  "group.user_membership.add": "core.user_group_member.user_add",
  "group.user_membership.remove": "core.user_group_member.user_remove",
  "user.session.start": "core.user_auth.login_success",
  "user.lifecycle.create": "core.user.config.user_creation.success",
  "user.lifecycle.activate": "core.user.config.user_activated",
  "user.lifecycle.deactivate": "core.user.config.user_deactivated",
};

/** The displayMessage of an event type. */
export function messageOf(eventType: string): string {
  const known = Object.hasOwn(MESSAGES, eventType) ? MESSAGES[eventType] : undefined;
  if (known) return known;
  const words = eventType.replaceAll(".", " ").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The legacyEventType, or null where none is known. */
export function legacyTypeOf(eventType: string): string | null {
  return LEGACY[eventType] ?? null;
}
