/**
 * Every event card with an event type of its own, as the products that have it name it: id, title, event type, and the
 * labels of the outputs between those all events have. `=` is the type of what the sample event names there.
 */
const TABLE = `
  okta.users.created | User Created | user.lifecycle.create | Admin=User, Okta User=User
  okta.users.activated | User Activated | user.lifecycle.activate | Admin=User, Okta User=User
  okta.users.deactivated | User Deactivated | user.lifecycle.deactivate | Admin=User, Okta User=User
  okta.users.reactivated | User Reactivated | user.lifecycle.reactivate | Admin=User, Okta User=User
  okta.users.suspended | User Suspended | user.lifecycle.suspend | Admin=User, Okta User=User
  okta.users.unsuspended | User Unsuspended | user.lifecycle.unsuspend | Admin=User, Okta User=User
  okta.users.deleted | User Deleted | user.lifecycle.delete.initiated | Admin=User, Okta User=User
  okta.users.profileUpdated | User Okta Profile Updated | user.account.update_profile | Admin=User, Okta User=User, Changed Attributes
  okta.users.locked | User Account Locked | user.account.lock | Admin=User, Okta User=User
  okta.users.unlocked | User Account Unlocked | user.account.unlock | Admin=SystemPrincipal, Okta User=User
  okta.users.passwordReset | User Okta Password Reset by an Admin | user.account.reset_password | Admin=User, Okta User=User
  okta.users.passwordUpdated | User Okta Password Updated | user.account.update_password | Admin=User, Okta User=User
  okta.users.passwordImported | User Password Imported | user.import.password | Admin=SystemPrincipal, Okta User=User
  okta.groups.userAdded | User Added to Group | group.user_membership.add | Admin=User, Okta User=User, Group=UserGroup, User Groups
  okta.groups.userRemoved | User Removed from Group | group.user_membership.remove | Admin=User, Okta User=User, Group=UserGroup, User Groups
  okta.groups.created | Group Created | group.lifecycle.create | Admin=User, Group=UserGroup
  okta.groups.deleted | Group Deleted | group.lifecycle.delete | Admin=User, Group=UserGroup
  okta.groups.profileUpdated | Group Profile Updated | group.profile.update | Admin=User, Group=UserGroup, Changed Attributes
  okta.groups.pushFailed | Group Push Failed | application.provision.group_push.mapping.update.or.delete.failed.with.error | Actor=SystemPrincipal, Okta Application=AppInstance, Group=UserGroup, Group Push Mapping=GroupPushMapping
  okta.apps.userAssigned | User Assigned to Application | application.user_membership.add | Admin=User, Okta User=User, Application User=AppUser, Application=AppInstance, User Groups
  okta.apps.userUnassigned | User Unassigned from Application | application.user_membership.remove | Admin=User, Okta User=User, Application User=AppUser, Application=AppInstance, User Groups
  okta.apps.userPasswordChanged | User App Password Changed | application.user_membership.change_password | Admin=User, Okta User=User, Application User=AppUser, Application=AppInstance, User Groups
  okta.apps.userSynced | Sync User in External Application | application.provision.user.sync | Admin=SystemPrincipal, Okta User=User, Application User=AppUser, Application=AppInstance, User Groups
  okta.apps.created | Application Created | application.lifecycle.create | Admin=User, Application=AppInstance
  okta.apps.updated | Application Updated | application.lifecycle.update | Admin=User, Application=AppInstance, Changed Attributes
  okta.apps.activated | Application Activated | application.lifecycle.activate | Admin=User, Application=AppInstance
  okta.apps.deactivated | Application Deactivated | application.lifecycle.deactivate | Admin=User, Application=AppInstance
  okta.apps.deleted | Application Deleted | application.lifecycle.delete | Admin=User, Application=AppInstance
  okta.apps.consentGranted | OAuth2 App Consent Granted | app.oauth2.as.consent.grant | Actor=User, Target=Scope
  okta.users.signInAttempted | User Signed In Attempt | user.session.start | Actor=User, Result, Reason
  okta.users.signedOut | User Signed Out | user.session.end | Actor=User
  okta.users.suspiciousActivityReported | Suspicious Activity Reported | user.account.report_suspicious_activity_by_enduser | Name, Email, User ID, Suspicious Activity Details
  okta.factors.used | User MFA | user.authentication.auth_via_mfa | Actor=User, Okta User=User, Authenticator=AuthenticatorEnrollment, Result, Reason
  okta.factors.activated | User MFA Factor Activated | user.mfa.factor.activate | Admin=User, Okta User=User, Reason, Authenticator=AuthenticatorEnrollment
  okta.factors.deactivated | User MFA Factor Deactivated | user.mfa.factor.deactivate | Admin=User, Okta User=User, Reason, Authenticator=AuthenticatorEnrollment
  okta.factors.allReset | User MFA Factor Reset All | user.mfa.factor.reset_all | Admin=User, Okta User=User
  okta.factors.suspended | User MFA Factor Suspended | user.mfa.factor.suspend | Admin=User, Okta User=User
  okta.factors.unsuspended | User MFA Factor Unsuspended | user.mfa.factor.unsuspend | Admin=User, Okta User=User
  okta.authenticators.activated | Authenticator Activated | security.authenticator.lifecycle.activate | Admin=User, Authenticator=Authenticator
  okta.authenticators.deactivated | Authenticator Deactivated | security.authenticator.lifecycle.deactivate | Admin=User, Authenticator=Authenticator
  okta.users.privilegeGranted | User Privilege Granted | user.account.privilege.grant | Admin=User, Okta User=User, Privilege Granted, Privilege Revoked
  okta.users.privilegeRevoked | User Privilege Revoked | user.account.privilege.revoke | Admin=User, Okta User=User, Privilege Granted, Privilege Revoked
  okta.users.administratorAdded | Administrator Added | user.account.privilege.grant | Admin=User, Okta User=User, Privilege Granted, Privilege Revoked
  okta.users.administratorRemoved | Administrator Removed | user.account.privilege.revoke | Admin=User, Okta User=User, Privilege Granted, Privilege Revoked
  okta.groups.privilegeGranted | Group Privilege Granted | group.privilege.grant | Admin=User, Group=UserGroup, Privilege Granted, Privilege Revoked
  okta.groups.privilegeRevoked | Group Privilege Revoked | group.privilege.revoke | Admin=User, Group=UserGroup, Privilege Granted, Privilege Revoked
  okta.devices.enrolled | Device Enrolled | device.enrollment.create | Admin=User, Device=Device, Okta User=User
  okta.devices.addedToUser | Device Added to User | device.user.add | Admin=User, Device=Device, Okta User=User
  okta.devices.activated | Device Activated | device.lifecycle.activate | Admin=User, Device=Device
  okta.devices.deactivated | Device Deactivated | device.lifecycle.deactivate | Admin=User, Device=Device
  okta.devices.suspended | Device Suspended | device.lifecycle.suspend | Admin=User, Device=Device
  okta.devices.unsuspended | Device Unsuspended | device.lifecycle.unsuspend | Admin=User, Device=Device
  okta.devices.deleted | Device Deleted | device.lifecycle.delete | Admin=User, Device=Device
  okta.policies.activated | Policy Activated | policy.lifecycle.activate | Admin=User, Policy=PolicyEntity
  okta.policies.deactivated | Policy Deactivated | policy.lifecycle.deactivate | Admin=User, Policy=PolicyEntity
  okta.policies.updated | Policy Updated | policy.lifecycle.update | Admin=User, Policy=PolicyEntity
  okta.policies.ruleAdded | Policy Rule Added | policy.rule.add | Admin=User, Policy=PolicyEntity, Policy Rule=PolicyRule
  okta.policies.ruleUpdated | Policy Rule Updated | policy.rule.update | Admin=User, Policy=PolicyEntity, Policy Rule=PolicyRule
  okta.policies.ruleActivated | Policy Rule Activated | policy.rule.activate | Admin=User, Policy=PolicyEntity, Policy Rule=PolicyRule
  okta.policies.ruleDeactivated | Policy Rule Deactivated | policy.rule.deactivate | Admin=User, Policy=PolicyEntity, Policy Rule=PolicyRule
  okta.policies.ruleDeleted | Policy Rule Deleted | policy.rule.delete | Admin=User, Policy=PolicyEntity, Policy Rule=PolicyRule
  okta.imports.started | Import Started | system.import.start | Actor=SystemPrincipal, Application=AppInstance
  okta.imports.completed | Import Process Completed | system.import.complete | Actor=SystemPrincipal, Application=AppInstance
  okta.imports.roadblock | Import Roadblock | system.import.roadblock | Actor=SystemPrincipal, Application=AppInstance
  okta.imports.groupCreated | Import Group Created | system.import.group.create | Actor=SystemPrincipal, Application=AppInstance, Group=AppGroup
  okta.imports.groupDeleted | Import Group Deleted | system.import.group.delete | Actor=SystemPrincipal, Application=AppInstance, Group=AppGroup
  okta.governance.requestCreated | Access Request Created | access.request.create | Actor=User, Access Request=AccessRequest, Subject, Request Status, Requester ID, Requested For ID
  okta.governance.requestResolved | Access Request Resolved | access.request.resolve | Actor=User, Access Request=AccessRequest, Subject, Request Status, Requester ID, Requested For ID
  okta.governance.decisionSubmitted | Access Certification Decision Submitted | certification.campaign.item.decide | Actor=User, Review Item=Review Item, Decision, Campaign Name, Principal ID, Resource ID
  okta.tokens.created | API Token Created | system.api_token.create | Admin=User, Token=Token
  okta.tokens.revoked | API Token Revoked | system.api_token.revoke | Admin=User, Token=Token
  okta.org.rateLimitWarning | Org Rate Limit Warning | system.org.rate_limit.warning | Actor=User, Endpoint=URL Pattern
  okta.org.rateLimitViolation | Org Rate Limit Violation | system.org.rate_limit.violation | Actor=User, Endpoint=URL Pattern
  okta.phone.callSent | Phone Verification Call Sent | system.voice.send_phone_verification_call | Actor=User, Okta User=User, Phone Number, Result
  okta.phone.smsSent | Phone Verification SMS Sent | system.sms.send_phone_verification_message | Actor=User, Okta User=User, Phone Number, Result
`;

export const EXPECTED_EVENTS = TABLE.trim()
  .split("\n")
  .map((line): [id: string, title: string, eventType: string, outputs: string] => {
    const [id = "", title = "", eventType = "", outputs = ""] = line.trim().split(" | ");
    return [id, title, eventType, outputs];
  });
