import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { applicationConditions } from "./application-conditions.ts";
import { type EventCard, eventCard } from "./event-card.ts";
import { debugText, doer, type Facts, likelyTarget, oktaUser, target } from "./event-facts.ts";
import { userGroups } from "./user-groups.ts";

/** Events about an application instance. `done` is what happened to it: "created". */
function applicationEvent({
  done,
  more,
  ...event
}: Pick<EventCard, "id" | "title" | "keywords" | "help"> & {
  done: string;
  step: string;
  more?: Facts;
}): Card {
  const { step, ...card } = event;
  return eventCard({
    ...card,
    category: "Applications",
    summary: `Starts the flow when an application is ${done}.`,
    eventType: `application.lifecycle.${step}`,
    facts: {
      admin: doer("Admin", `Who ${done} the application: an admin, or another application acting for one.`),
      application: target("Application", "AppInstance", `The application that was ${done}.`),
      ...more,
    },
  });
}

/** Events about one user in one application, for all applications or a chosen one. */
function assignmentEvent({
  user,
  ...event
}: Omit<EventCard, "category" | "facts" | "scopes" | "user"> & { user: string }): Card {
  const facts: Facts = {
    admin: doer("Admin", "Who did it: an admin, or an application or group rule acting for one."),
    user: oktaUser(user),
    applicationUser: target(
      "Application User",
      "AppUser",
      "The user's account in the application, under the name it has there.",
    ),
    application: target("Application", "AppInstance", "The application it happened in."),
    userGroups,
  };
  const scopes = ["okta.apps.read", "okta.users.read"];
  return eventCard({ ...event, category: "Applications", facts, scopes }, applicationConditions);
}

export const userAssignedToApplication = assignmentEvent({
  id: "okta.apps.userAssigned",
  title: "User Assigned to Application",
  summary: "Starts the flow when a user gets an application.",
  eventType: "application.user_membership.add",
  keywords: ["app assignment", "access granted", "provisioned", "user added to app"],
  user: "The user who got the application.",
});

const CHANGED = debugText(
  "Changed Attributes",
  "changedAttributes",
  "Names of the changed settings as Okta lists them. Often left out.",
);

export const applicationEvents: Card[] = [
  userAssignedToApplication,
  assignmentEvent({
    id: "okta.apps.userUnassigned",
    title: "User Unassigned from Application",
    summary: "Starts the flow when a user loses an application.",
    eventType: "application.user_membership.remove",
    keywords: ["app unassignment", "access removed", "deprovisioned", "user removed from app"],
    user: "The user who lost the application.",
  }),
  assignmentEvent({
    id: "okta.apps.userPasswordChanged",
    title: "User App Password Changed",
    summary: "Starts the flow when a user's password for an application changes.",
    eventType: "application.user_membership.change_password",
    keywords: ["application password", "app credentials", "password sync"],
    user: "The user whose password in the application changed.",
  }),
  assignmentEvent({
    id: "okta.apps.userSynced",
    title: "Sync User in External Application",
    summary: "Starts the flow when Okta brings a user's account in an application up to date.",
    eventType: "application.provision.user.sync",
    keywords: ["user synced in external application", "provisioning", "profile push"],
    user: "The user whose account was synchronized.",
  }),
  applicationEvent({
    id: "okta.apps.created",
    title: "Application Created",
    step: "create",
    done: "created",
    keywords: ["new app", "app added", "integration"],
  }),
  applicationEvent({
    id: "okta.apps.updated",
    title: "Application Updated",
    step: "update",
    done: "updated",
    keywords: ["app changed", "app settings", "integration"],
    help: "Okta may send several of these for one save by an admin.",
    more: { changedAttributes: CHANGED },
  }),
  applicationEvent({
    id: "okta.apps.activated",
    title: "Application Activated",
    step: "activate",
    done: "activated",
    keywords: ["app enabled", "app switched on", "integration"],
  }),
  applicationEvent({
    id: "okta.apps.deactivated",
    title: "Application Deactivated",
    step: "deactivate",
    done: "deactivated",
    keywords: ["app disabled", "app switched off", "integration"],
  }),
  applicationEvent({
    id: "okta.apps.deleted",
    title: "Application Deleted",
    step: "delete",
    done: "deleted",
    keywords: ["app removed", "integration"],
    help: "The application is gone when the flow runs: only what the event says of it can be read.",
  }),
  eventCard({
    id: "okta.apps.consentGranted",
    title: "OAuth2 App Consent Granted",
    summary: "Starts the flow when a user consents to what an OAuth 2.0 application asks for.",
    eventType: "app.oauth2.as.consent.grant",
    category: "Applications",
    keywords: ["oauth consent", "scope granted", "openid connect"],
    help:
      "Consents given through a custom authorization server. Okta delivers none for those of the org's own server " +
      "(app.oauth2.consent.grant).",
    facts: {
      actor: doer("Actor", "The user who gave consent."),
      target: {
        field: field.object({
          label: "Target",
          help: "The scope consented to.",
          fields: {
            id: field.text({ label: "ID" }),
            displayName: field.text({ label: "Display Name" }),
            type: field.text({ label: "Type" }),
            detailEntry: field.object({ label: "Detail Entry", help: "Further facts about the scope." }),
          },
        }),
        from: (event) => likelyTarget(event, ["Scope", "OAuth2Scope"]),
      },
    },
  }),
];
