const SINCE = "changed since the attempt began";

/**
 * What a card whose repeat rule is "check" looks at after a lost answer, by card id: the call, and what it must find to take
 * the change for its own. Where it does not, the card is sent again.
 */
export const readBacks: Readonly<Record<string, readonly [call: string, own: string]>> = {
  "okta.users.create": ["GET /api/v1/users/{login}", "a user of that login, created since the attempt began"],
  "okta.users.activate": ["GET /api/v1/users/{id}", `status ACTIVE or PROVISIONED, ${SINCE}`],
  "okta.users.deactivate": ["GET /api/v1/users/{id}", `status DEPROVISIONED or on the way there, ${SINCE}`],
  "okta.users.suspend": ["GET /api/v1/users/{id}", `status SUSPENDED, ${SINCE}`],
  "okta.users.unsuspend": ["GET /api/v1/users/{id}", `status ACTIVE, ${SINCE}`],
  "okta.users.unlock": ["GET /api/v1/users/{id}", `status ACTIVE, ${SINCE}`],
  "okta.users.delete": [
    "GET /api/v1/users/{id}",
    "no such user; one who was not deactivated before the attempt began leaves it open, and a person is asked",
  ],
  "okta.users.resetPassword": ["GET /api/v1/users/{id}", `status RECOVERY, ${SINCE}`],
  "okta.users.expirePassword": [
    "GET /api/v1/users/{id}",
    `status PASSWORD_EXPIRED, ${SINCE}; a temporary password is lost with the answer, so a person is asked then`,
  ],
  "okta.users.changePassword": ["GET /api/v1/users/{id}", "a password changed since the attempt began"],
  "okta.groups.create": [
    "GET /api/v1/groups?q={name}",
    "a group of that name managed in Okta, created since the attempt began",
  ],
  "okta.groups.delete": ["GET /api/v1/groups/{groupId}", "no such group"],
  "okta.rules.create": [
    "GET /api/v1/groups/rules?search={name}",
    "a rule of that name, created since the attempt began",
  ],
  "okta.rules.delete": ["GET /api/v1/groups/rules/{groupRuleId}", "no such rule"],
  "okta.rules.activate": ["GET /api/v1/groups/rules/{groupRuleId}", "status ACTIVE"],
  "okta.rules.deactivate": ["GET /api/v1/groups/rules/{groupRuleId}", "status INACTIVE"],
  "okta.roles.assignToUser": [
    "GET /api/v1/users/{userId}/roles",
    "the role among the user's, created since the attempt began",
  ],
  "okta.apps.activate": ["GET /api/v1/apps/{appId}", "status ACTIVE"],
  "okta.apps.deactivate": ["GET /api/v1/apps/{appId}", "status INACTIVE"],
  "okta.apps.delete": ["GET /api/v1/apps/{appId}", "no such application"],
  "okta.apps.assignUser": [
    "GET /api/v1/apps/{appId}/users/{userId}",
    "an assignment of the user's own, created since the attempt began",
  ],
  "okta.apps.assignUserWithProfile": [
    "GET /api/v1/apps/{appId}/users/{userId}",
    "an assignment of the user's own, created since the attempt began",
  ],
  "okta.apps.removeUser": ["GET /api/v1/apps/{appId}/users/{userId}", "no such assignment"],
  "okta.apps.removeGroup": ["GET /api/v1/apps/{appId}/groups/{groupId}", "no such assignment"],
  "okta.imports.createSession": [
    "GET /api/v1/identity-sources/{identitySourceId}/sessions",
    "a session that is CREATED, created since the attempt began",
  ],
  "okta.imports.triggerSession": [
    "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}",
    "a session that is triggered or past it",
  ],
  "okta.imports.deleteSession": [
    "GET /api/v1/identity-sources/{identitySourceId}/sessions/{sessionId}",
    "a session that is CLOSED or gone",
  ],
};
