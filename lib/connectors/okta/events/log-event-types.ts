import type { Choice } from "../../../cards/field.ts";

/**
 * Event types that stand in the System Log and that no event hook delivers, by the beginning of their names. From Okta's
 * public event type catalogue of 2023-10, without those a hook can deliver since.
 */
const ENDINGS_BY_BEGINNING: Record<string, string> = {
  "account.org": "add product.update status.update",
  "analytics.reports.export": "download generate request",
  "app.ad.api.user_import":
    "account_locked warn.skipped_contact.attribute_invalid_value warn.skipped_user.attribute_invalid_value warn.skipped_user.missing_required_attribute",
  "app.app_instance":
    "csr.generate csr.publish csr.revoke provision_sync_job.completed provision_sync_job.failed provision_sync_job.started",
  "app.audit_report.download": "local.active local.deprov rogue.report",
  app: "generic.unauth_app_access_attempt inbound_del_auth.login_success ldap.password.change.failed policy.sign_on.update saml.sensitive.attribute.update",
  "app.kerberos_rich_client":
    "account_not_found instance_not_found multiple_accounts_found user_authentication_successful",
  "app.keys": "clone generate rotate",
  "app.oauth2":
    "admin.consent.grant admin.consent.revoke api_resource.create api_resource.delete api_resource.update authorize authorize.code authorize.implicit.access_token authorize.implicit.id_token client_id_rate_limit_warning consent.grant interact.interaction_code interact.interaction_handle invalid_client_credentials key.rollover signon",
  "app.oauth2.as":
    "authorize authorize.code authorize.implicit.access_token authorize.implicit.id_token authorize.scope_denied evaluate.claim interact.interaction_code interact.interaction_handle key.rollover token.detect_reuse token.grant token.grant.access_token token.grant.device_secret token.grant.id_token token.grant.refresh_token token.revoke",
  "app.oauth2.client.lifecycle": "activate create deactivate delete update",
  "app.oauth2.credentials.lifecycle": "activate create deactivate delete",
  "app.oauth2.token":
    "detect_reuse grant grant.access_token grant.id_token grant.refresh_token revoke revoke.implicit.as revoke.implicit.client revoke.implicit.user",
  "app.office365":
    "error.importing.user user.delete.success user.lifecycle.action.failed user.remove.licenses.success",
  "app.office365.api":
    "change.domain.federation.success remove.domain.federation.success set.domain.federation.success sync.complete sync.heartbeat.sent sync.job.complete sync.job.complete.contact sync.job.complete.group sync.job.complete.user",
  "app.office365.api.error":
    "ad.user check.user.exists create.user deactivate.user download.custom.objects download.groups download.users endpoint.unavailable get.company.dirsync.failure get.company.dirsync.status.failure get.company.dirsync.status.pending get.object.ids.by.group.id group.create.failure group.create.failure.name.in.use group.delete.failure group.membership.update.assignment.failure group.membership.update.failure group.membership.update.group.not.found.failure group.membership.update.removal.failure group.update.failure group.update.failure.not.found import.profile no.endpoints.found push.password push.profile reactivate.user remove.domain.federation.failure remove.domain.federation.failure.access.denied remove.domain.federation.failure.domain.not.found revoke.refresh.token set.company.dirsync.failure set.company.dirsync.status.failure set.domain.federation.failure set.domain.federation.failure.access.denied set.domain.federation.failure.domain.default set.domain.federation.failure.domain.not.found sync.contact sync.finalize sync.group sync.not.activated sync.set.attribute sync.user unable.to.create.graph.client validate.admin.creds validate.creds validate.creds.unknown.exception x-ms-forwarded-client-ip-header.absent",
  "app.office365.clientplatform.conversion.job": "processing.app.instance skipping.migration",
  "app.office365.dirsync.skipping":
    "conflict-object critical-system-object non-security-group-invalid-mail reserved-attribute-value systemmailbox without-name-and-displayname",
  "app.office365.graph.api.error":
    "no.mailbox.found rate-limit.exceeded service.principal.creation.failed service.principal.msgraph.authentication.failure",
  "app.office365.service.principal.cleanup.job":
    "complete invalid.credentials processing skipping.missing.creds skipping.no.service.principal unable.to.delete.service.principal",
  "app.radius":
    "agent.listener.failed agent.listener.succeeded agent.port_inaccessible agent.port_reaccessible info_access.no_permission info_access.partial_permission",
  "app.realtimesync.import.details": "add_user delete_user update_user",
  "app.rum": "config.validation.error is.api.account.error package.thrown.error validation.error",
  "app.user_management": "import.csv.line.error push_new_user_success update_from_master_failed",
  "app.user_management.grouppush.mapping":
    "created.from.rule created.from.rule.error.duplicate created.from.rule.error.validation created.from.rule.errors okta.users.ignored",
  "app.user_management.user_group_import": "create_failure delete_success update_failure upsert_fail",
  application:
    "appuser.mapping.invalid.expression cache.invalidate registration_policy.lifecycle.create registration_policy.lifecycle.update",
  "application.configuration":
    "detect_error disable_delauth_outbound disable_fed_broker_mode enable_delauth_outbound enable_fed_broker_mode import_schema reset_logo update update_api_credentials_for_pass_change update_logo update_rate_limits",
  "application.integration":
    "api_query authentication_failure general_failure rate_limit_exceeded transfer_files",
  "application.policy.sign_on": "rule.create rule.delete update",
  "application.provision": "field_mapping_rule.change integration.call_api",
  "application.provision.group": "add import remove update verify_exists",
  "application.provision.group_membership": "add import remove update",
  "application.provision.group_push":
    "activate_mapping delete_appgroup push_memberships pushed removed updated",
  "application.provision.group_push.mapping":
    "and.groups.deleted.rule.deleted app.group.renamed app.group.renamed.failed created created.from.rule.warning.duplicate.name created.from.rule.warning.duplicate.name.tobecreated created.from.rule.warning.upsertGroup.duplicate.name deactivated.source.group.renamed deactivated.source.group.renamed.failed update.or.delete.failed",
  "application.provision.user":
    "activate deactivate deprovision import password push_okta_password push_password verify_exists",
  "application.user_membership":
    "approve change_username deprovision provision restore restore_password revoke show_password",
  certification: "campaign.create campaign.delete campaign.update remediation.open",
  core: "concurrency.org.limit.violation el.evaluate user_auth.idp.x509.crl_download_failure",
  credential: "register revoke",
  device:
    "custom_push.send_notification password_sync.authentication password_sync.enrollment.create platform.add platform.delete platform.update push.provider.create push.provider.delete push.provider.update",
  directory:
    "app_user_profile.bootstrap app_user_profile.update linked_object.create linked_object.delete mapping.update non_default_user_profile.create user_profile.bootstrap user_profile.update",
  event_hook: "activated created deactivated deleted delivery updated verified",
  group: "application_assignment.skip_assignment_reconcile",
  "group.user_membership.rule": "add_exclusion deactivated error evaluation invalidate trigger",
  inline_hook: "activated created deactivated deleted response.processed updated",
  "integration.api_service.lifecycle": "authorize revoke",
  "master_application.user_membership": "add",
  "mim.command.generic": "acknowledged cancelled delegated error new notnow",
  "mim.command.ios": "acknowledged cancelled error formaterror new",
  mim: "createEnrollment.ANDROID createEnrollment.IOS createEnrollment.OSX createEnrollment.UNKNOWN createEnrollment.WINDOWS streamDevicesAppListCSVDownload streamDevicesCSVDownload",
  "network_zone.rule": "disabled",
  oauth2:
    "as.activated as.created as.deactivated as.deleted as.updated claim.created claim.deleted claim.updated scope.created scope.deleted scope.updated",
  omm: "app.VPN.settings.changed app.WIFI.settings.changed app.eas.cert_based.settings.changed app.eas.disabled app.eas.settings.changed cma.created cma.deleted cma.updated enrollment.changed",
  "org.not_configured_origin.redirection": "usage",
  pam: "apikey.delete apikey.rotate auth_token.issue billing_contact.create gateway_creds.issue incoming_federation.approve incoming_federation.request member.add member.remove offline_disabled_event offline_enabled_event offline_group.secrets.rotate outgoing_federation.approve password.change password.reset permission.change preauthorization.create preauthorization.update project_group_selector.update server_labels.update service.create service.remove team.create team_invitation.create team_settings.update unbound_client.enroll unmanaged_server.create user.create user.remove user.update user_creds.issue",
  "pam.ad_connection": "create delete update",
  "pam.ad_task_settings": "create delete update update_schedule",
  "pam.ad_user_sync_task_settings": "activate create deactivate delete update update_schedule",
  "pam.client": "assign enroll remove state.update",
  "pam.client_enrollment_policies": "create delete update",
  "pam.client_enrollment_policy_token": "delete rotate",
  "pam.cloud_account": "create delete update",
  "pam.entitlement_sudo": "add_to_project create remove remove_from_project update",
  "pam.gateway": "create delete setup_token.create setup_token.delete setup_token.update update",
  "pam.group": "bulk_membership_change create delete",
  "pam.project": "add_group create delete remove_group update",
  "pam.resource_group": "create delete update",
  "pam.security_policy": "create delete update",
  "pam.server": "enroll reassign remove ssh_login",
  "pam.server_account":
    "discovered password_change.initiated password_change.out_of_band password_change.update update",
  "pam.team_group_attribute": "create delete update",
  "pam.team_project_group_attribute": "create delete update",
  "pam.team_project_user_attribute": "create delete update",
  "pam.team_user_attribute": "create delete update",
  pki: "ca.add ca.delete cert.bind cert.crl_download_failure cert.issue cert.lifecycle.activate cert.lifecycle.delete cert.lifecycle.hold cert.lifecycle.revoke cert.lifecycle.suspend cert.renew cert.revoke",
  plugin: "downloaded script_status",
  policy:
    "evaluate_sign_on execute.user.start lifecycle.create lifecycle.delete lifecycle.overwrite mapping.create rule.action.execute rule.invalidate scheduled.execute",
  "scheduled_action.user_suspension": "canceled completed scheduled updated",
  security:
    "device.add_request_blacklist_policy device.remove_request_blacklist_policy device.temporarily_disable_blacklisting request.blocked session.detect_client_roaming threat.configuration.update threat.detected voice.add_country_blacklist voice.remove_country_blacklist zone.make_blacklist zone.remove_blacklist",
  self_service: "disabled enabled",
  "support.org": "update view",
  "system.agent": "auto_update connector.connect connector.deactivate connector.delete connector.reactivate",
  "system.agent.ad":
    "connect create deactivate delete import_ou import_user invoke_dir reactivate read_config read_dirsync read_ldap read_schema read_topology realtimesync reset_user_password start unlock_user_account update update_user upgrade upload_iwa_log upload_log write_ldap",
  "system.agent.ldap":
    "change_user_password create_user_JIT disconnect realtimesync reconnect reset_user_password unlock_user_account update_user update_user_password",
  system:
    "agent_pools.auto_update api_token.enable api_token.update beta.feature.enable billing.sms_usage_sent brand.create brand.delete brand.update captcha.create captcha.delete captcha.update csv.import_user mfa.factor.activate mfa.factor.deactivate push.send_factor_verify_push theme.update",
  "system.client":
    "concurrency_rate_limit.notification concurrency_rate_limit.violation rate_limit.notification rate_limit.violation",
  "system.custom_error": "delete update",
  "system.custom_signin": "delete update",
  "system.custom_signout": "update",
  "system.custom_url_domain": "cert_renew cert_upload delete initiate update verify",
  "system.directory.debugger": "extend grant query_executed revoke",
  "system.email":
    "account_unlock.sent_message challenge_factor_redeemed mfa_enroll_notification.sent_message mfa_reset_notification.sent_message new_device_notification.sent_message password_reset.sent_message send_factor_verify_message template.create template.delete template.settings_changed template.update",
  "system.email_domain": "create delete update verify",
  "system.feature": "disable ea_auto_enroll enable",
  "system.hook.key": "created deleted updated",
  "system.import":
    "clear.unconfirmed.users.summary complete_batch custom_object.complete custom_object.create custom_object.delete custom_object.update download.complete download.start group.complete group.start group.update group_membership.complete implicit_deletion.complete implicit_deletion.start import_profile import_provisioning_info membership_processing.complete membership_processing.start object_creation.complete object_creation.start roadblock.reschedule_and_resume roadblock.resume roadblock.updated session.cancelled session.created session.expired session.triggered user.complete user.create user.delete user.match user.start user.suspend user.unsuspend user.unsuspend_after_confirm user.update user.update_user_lifecycle_from_master user_csv.complete user_csv.start user_matching.complete user_matching.start",
  "system.iwa": "create go_offline go_online promote_primary remove update use_default",
  "system.iwa_agentless": "auth auth_after_redirect redirect update user.not_found",
  "system.iwa_agentless_kerberos": "update",
  "system.ldapi": "admin_limit_exceeded bind search unbind",
  "system.operation": "concurrency_limit.violation rate_limit.violation rate_limit.warning",
  "system.org":
    "captcha.activate captcha.deactivate lifecycle.create rate_limit.burst rate_limit.expiration.warning task.remove",
  "system.sms":
    "receive_status send_account_unlock_message send_factor_verify_message send_okta_push_verify_message send_password_reset_message",
  "system.voice":
    "receive_status send_account_unlock_call send_call send_mfa_challenge_call send_password_reset_call",
  "task.lifecycle": "activate create deactivate delete update",
  "user.account":
    "lock.limit unlock_failure unlock_token update_primary_email update_secondary_email update_user_type use_token",
  "user.authentication":
    "auth auth_unconfigured_identifier auth_via_AD_agent auth_via_LDAP_agent auth_via_inbound_SAML auth_via_inbound_delauth auth_via_iwa auth_via_radius auth_via_richclient slo verify",
  "user.identity_snapshot.attestation": "create",
  "user.lifecycle": "delete.completed jit.error.read_only password_mass_expiry",
  "user.mfa": "attempt_bypass okta_verify okta_verify.deny_push okta_verify.deny_push_upgrade_needed",
  "user.session":
    "access_admin_app expire impersonation.end impersonation.extend impersonation.grant impersonation.initiate impersonation.revoke",
  "workflows.user.connection": "create delete reauthorize revoke",
  "workflows.user": "delegatedflow.run",
  "workflows.user.flow": "activate create deactivate delete execution.cancel export import save",
  "workflows.user.folder": "create delete export import rename",
  "workflows.user.table": "create delete export import schema.export schema.import update view",
  zone: "activate create deactivate delete make_blacklist remove_blacklist update",
};

/** They arrive through the System Log: some ten seconds later than a hook's, and whether or not Okta can call us. */
export const LOG_EVENT_TYPE_CHOICES: Choice[] = Object.entries(ENDINGS_BY_BEGINNING)
  .flatMap(([beginning, endings]) => endings.split(" ").map((ending) => `${beginning}.${ending}`))
  .sort()
  .map((value) => ({ value, label: `${value} (through the System Log)` }));
