import type { Card } from "../../../cards/define.ts";
import { type EventCard, eventCard } from "./event-card.ts";
import { doer, type Facts, likely, target } from "./event-facts.ts";

function importEvent({
  more,
  ...event
}: Pick<EventCard, "id" | "title" | "summary" | "eventType" | "keywords" | "help"> & { more?: Facts }): Card {
  return eventCard({
    ...event,
    category: "Imports",
    facts: {
      actor: doer("Actor", "Who started the import: an admin, or Okta itself on schedule."),
      application: target("Application", "AppInstance", "The application or directory imported from."),
      ...more,
    },
  });
}

const importedGroup = (done: string) =>
  likely("Group", ["AppGroup", "UserGroup"], `The group the import ${done}.`);

export const importEvents: Card[] = [
  importEvent({
    id: "okta.imports.started",
    title: "Import Started",
    summary: "Starts the flow when an import from an application or directory begins.",
    eventType: "system.import.start",
    keywords: ["directory import", "hr import", "synchronization"],
  }),
  importEvent({
    id: "okta.imports.completed",
    title: "Import Process Completed",
    summary: "Starts the flow when an import from an application or directory has come to its end.",
    eventType: "system.import.complete",
    keywords: ["import finished", "directory import", "hr import", "synchronization"],
    help: "How many users and groups were added, updated and removed stands in Debug Data.",
  }),
  importEvent({
    id: "okta.imports.roadblock",
    title: "Import Roadblock",
    summary: "Starts the flow when Okta stops an import that would take applications from too many users.",
    eventType: "system.import.roadblock",
    keywords: ["import safeguard", "import stopped", "mass deprovisioning"],
    help: "The import waits for an admin. Why it was stopped, and at which threshold, stands in Debug Data.",
  }),
  importEvent({
    id: "okta.imports.groupCreated",
    title: "Import Group Created",
    summary: "Starts the flow when an import brings in a new group.",
    eventType: "system.import.group.create",
    keywords: ["imported group", "application group", "directory group"],
    more: { group: importedGroup("brought in") },
  }),
  importEvent({
    id: "okta.imports.groupDeleted",
    title: "Import Group Deleted",
    summary: "Starts the flow when an import removes a group.",
    eventType: "system.import.group.delete",
    keywords: ["imported group", "application group", "directory group"],
    more: { group: importedGroup("removed") },
  }),
];
