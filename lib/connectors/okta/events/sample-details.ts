import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "../samples.ts";

/** What the sample of an event type says beside its targets. Left out, it is the most usual thing. */
export interface SampleDetail {
  message?: string;
  /** The type's name before 2018, which real events still carry. */
  legacy?: string;
  /** Path of the call that caused it. */
  uri?: string;
  /** Who did it; an admin where nothing is said. */
  by?: "user" | "okta";
  debug?: Record<string, string>;
  outcome?: { result: string; reason: string | null };
  severity?: "WARN";
}

const USER = `/api/v1/users/${SAMPLE_USER_ID}`;
const MEMBERSHIP = `/api/v1/groups/${SAMPLE_GROUP_ID}/users/${SAMPLE_USER_ID}`;
const REQUEST = {
  accessRequestSubject: "Salesforce for Ann Lee",
  requesterId: SAMPLE_USER_ID,
  requestedForId: SAMPLE_USER_ID,
};

/** Details of the types that have a card of their own. */
export const SAMPLE_DETAILS: Record<string, SampleDetail> = {
  "user.lifecycle.create": {
    message: "Create Okta user",
    legacy: "core.user.config.user_creation.success",
    uri: "/api/v1/users",
  },
  "user.lifecycle.activate": {
    message: "Activate Okta user",
    legacy: "core.user.config.user_activated",
    uri: `${USER}/lifecycle/activate`,
  },
  "user.lifecycle.deactivate": {
    message: "Deactivate Okta user",
    legacy: "core.user.config.user_deactivated",
    uri: `${USER}/lifecycle/deactivate`,
  },
  "user.lifecycle.reactivate": { message: "Reactivate Okta user", uri: `${USER}/lifecycle/reactivate` },
  "user.lifecycle.suspend": { message: "Suspend Okta user", uri: `${USER}/lifecycle/suspend` },
  "user.lifecycle.unsuspend": { message: "Unsuspend Okta user", uri: `${USER}/lifecycle/unsuspend` },
  "user.lifecycle.delete.initiated": { message: "Delete Okta user initiated", uri: USER },
  "user.account.update_profile": {
    message: "Update user profile for Okta",
    uri: USER,
    debug: { changedAttributes: "department,title" },
  },
  "user.account.lock": { message: "Max sign in attempts exceeded", by: "user", uri: "/api/v1/authn" },
  "user.account.unlock": { message: "Auto-unlock user account for Okta", by: "okta" },
  "user.account.reset_password": {
    message: "Fired when the user's Okta password is reset",
    uri: `${USER}/lifecycle/reset_password`,
  },
  "user.account.update_password": { message: "User update password for Okta", by: "user" },
  "user.import.password": { message: "Import user password", by: "okta" },
  "user.account.privilege.grant": {
    message: "Grant user privilege",
    uri: `${USER}/roles`,
    debug: { privilegeGranted: "Read-only administrator" },
  },
  "user.account.privilege.revoke": {
    message: "Revoke user privilege",
    uri: `${USER}/roles`,
    debug: { privilegeRevoked: "Read-only administrator" },
  },
  "group.privilege.grant": { debug: { privilegeGranted: "Group administrator" } },
  "group.privilege.revoke": { debug: { privilegeRevoked: "Group administrator" } },
  "group.user_membership.add": {
    message: "Add user to group membership",
    legacy: "core.user_group_member.user_add",
    uri: MEMBERSHIP,
  },
  "group.user_membership.remove": {
    message: "Remove user from group membership",
    legacy: "core.user_group_member.user_remove",
    uri: MEMBERSHIP,
  },
  "group.lifecycle.create": { message: "Create Okta group", uri: "/api/v1/groups" },
  "group.lifecycle.delete": { message: "Delete Okta group", uri: `/api/v1/groups/${SAMPLE_GROUP_ID}` },
  "group.profile.update": {
    message: "Update Okta group",
    uri: `/api/v1/groups/${SAMPLE_GROUP_ID}`,
    debug: { changedAttributes: "description" },
  },
  "application.provision.group_push.mapping.update.or.delete.failed.with.error": {
    by: "okta",
    severity: "WARN",
    outcome: { result: "FAILURE", reason: "The group could not be updated in the application." },
  },
  "application.user_membership.add": { message: "Add user to application membership" },
  "application.user_membership.remove": { message: "Remove user's application membership" },
  "application.provision.user.sync": { by: "okta", debug: { appName: "salesforce" } },
  "application.lifecycle.update": { debug: { changedAttributes: "label" } },
  "app.oauth2.as.consent.grant": { by: "user" },
  "user.session.start": {
    message: "User login to Okta",
    legacy: "core.user_auth.login_success",
    by: "user",
    uri: "/api/v1/authn",
  },
  "user.session.end": { message: "User logout from Okta", by: "user", uri: "/login/signout" },
  "user.account.report_suspicious_activity_by_enduser": {
    message: "User report suspicious activity",
    by: "user",
    severity: "WARN",
    uri: "/api/internal/users/me/report-suspicious-activity",
    debug: {
      suspiciousActivityEventType: "user.session.start",
      suspiciousActivityEventId: "151d9579-8696-11f1-90ed-cbc1a8ace225",
      suspiciousActivityEventTransactionId: "ZX8reportedRequest1id4AAADSd",
      suspiciousActivityTimestamp: "2026-11-20T08:57:47.583Z",
      suspiciousActivityEventIp: "198.51.100.23",
      suspiciousActivityEventCity: "Lisbon",
      suspiciousActivityEventState: "Lisbon",
      suspiciousActivityEventCountry: "Portugal",
      suspiciousActivityEventLatitude: "38.7223",
      suspiciousActivityEventLongitude: "-9.1393",
      suspiciousActivityBrowser: "CHROME",
      suspiciousActivityOs: "Windows 10",
    },
  },
  "user.authentication.auth_via_mfa": {
    message: "Authentication of user via MFA",
    by: "user",
    debug: { factor: "OKTA_VERIFY_PUSH", factorIntent: "AUTHENTICATION" },
  },
  "user.mfa.factor.activate": {
    by: "user",
    outcome: { result: "SUCCESS", reason: "User set up OKTA_VERIFY_PUSH factor" },
  },
  "user.mfa.factor.deactivate": {
    outcome: { result: "SUCCESS", reason: "User reset OKTA_VERIFY_PUSH factor" },
  },
  "user.mfa.factor.reset_all": {
    message: "Reset all factors for user",
    uri: `${USER}/lifecycle/reset_factors`,
  },
  "device.enrollment.create": { by: "user" },
  "device.user.add": { by: "user" },
  "system.import.start": { by: "okta", debug: { importType: "FULL", importTrigger: "SCHEDULED" } },
  "system.import.complete": {
    by: "okta",
    debug: { totalObjects: "1204", addedObjects: "3", updatedObjects: "12", deletedObjects: "1" },
  },
  "system.import.roadblock": {
    by: "okta",
    severity: "WARN",
    debug: { appUnassignments: "340", threshold: "20", appUnassignmentPercent: "28" },
  },
  "system.import.group.create": { by: "okta" },
  "system.import.group.delete": { by: "okta" },
  "access.request.create": { by: "user", debug: { ...REQUEST, accessRequestStatus: "OPEN" } },
  "access.request.resolve": { debug: { ...REQUEST, accessRequestStatus: "RESOLVED" } },
  "certification.campaign.item.decide": {
    debug: {
      campaignName: "Quarterly review",
      campaignItemDecision: "APPROVE",
      campaignItemPrincipalId: SAMPLE_USER_ID,
      campaignItemResourceId: "0oa7sal3esforce2Ap4d7",
    },
  },
  "system.org.rate_limit.warning": {
    message: "Rate limit warning",
    severity: "WARN",
    debug: { threshold: "600", timeSpan: "1", timeUnit: "MINUTES", warningPercent: "60" },
  },
  "system.org.rate_limit.violation": {
    message: "Rate limit violation",
    severity: "WARN",
    debug: { threshold: "600", timeSpan: "1", timeUnit: "MINUTES", rateLimitSecondsToReset: "23" },
  },
  "system.voice.send_phone_verification_call": { by: "user", debug: { phoneNumber: "+1 XXX-XXX-0199" } },
  "system.sms.send_phone_verification_message": { by: "user", debug: { phoneNumber: "+1 XXX-XXX-0199" } },
};
