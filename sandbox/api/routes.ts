import type { Route } from "../http/router.ts";
import { apiTokenRoutes } from "./api-tokens.ts";
import { appGroupRoutes } from "./app-groups.ts";
import { appUserRoutes } from "./app-users.ts";
import { appRoutes } from "./apps.ts";
import { customRoleRoutes } from "./custom-roles.ts";
import { eventHookRoutes } from "./event-hooks.ts";
import { groupMemberRoutes } from "./group-members.ts";
import { groupRuleRoutes } from "./group-rules.ts";
import { groupRoutes } from "./groups.ts";
import { identitySourceRoutes } from "./identity-sources.ts";
import { linkedObjectRoutes } from "./linked-objects.ts";
import { logRoutes } from "./logs.ts";
import { metaRoutes } from "./meta.ts";
import { orgRoutes } from "./org.ts";
import { resourceSetRoutes } from "./resource-sets.ts";
import { roleAssignmentRoutes } from "./role-assignments.ts";
import { roleBindingRoutes } from "./role-bindings.ts";
import { setResourceRoutes } from "./set-resources.ts";
import { userCredentialRoutes } from "./user-credentials.ts";
import { userLifecycleRoutes } from "./user-lifecycle.ts";
import { userResourceRoutes } from "./user-resources.ts";
import { userRoutes } from "./users.ts";

/** Every operation the sandbox org simulates. */
export const apiRoutes: readonly Route[] = [
  ...userRoutes,
  ...userLifecycleRoutes,
  ...userCredentialRoutes,
  ...userResourceRoutes,
  ...roleAssignmentRoutes,
  ...customRoleRoutes,
  ...resourceSetRoutes,
  ...setResourceRoutes,
  ...roleBindingRoutes,
  ...groupRoutes,
  ...groupMemberRoutes,
  ...groupRuleRoutes,
  ...eventHookRoutes,
  ...logRoutes,
  ...appRoutes,
  ...appUserRoutes,
  ...appGroupRoutes,
  ...linkedObjectRoutes,
  ...identitySourceRoutes,
  ...metaRoutes,
  ...orgRoutes,
  ...apiTokenRoutes,
];
