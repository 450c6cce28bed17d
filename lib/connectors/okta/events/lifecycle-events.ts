import type { Card } from "../../../cards/define.ts";
import { type EventCard, eventCard } from "./event-card.ts";
import { doer, oktaUser } from "./event-facts.ts";

/** What differs between the events that move a user from one status to another. */
interface LifecycleEvent
  extends Pick<EventCard, "id" | "title" | "keywords" | "help" | "severity" | "userIsGone"> {
  /** The end of the event type. */
  step: string;
  /** What happened to the user: "created". */
  done: string;
  summary?: string;
}

function lifecycleEvent({ step, done, summary, ...event }: LifecycleEvent): Card {
  return eventCard({
    ...event,
    category: "Users",
    summary: summary ?? `Starts the flow when a user is ${done}.`,
    eventType: `user.lifecycle.${step}`,
    facts: {
      admin: doer("Admin", `Who ${done} the user: an admin, or an application acting for one.`),
      user: oktaUser(`The user who was ${done}.`),
    },
  });
}

export const userCreated = lifecycleEvent({
  id: "okta.users.created",
  title: "User Created",
  step: "create",
  done: "created",
  summary: "Starts the flow when a user is created in Okta.",
  keywords: ["new user", "joiner", "onboarding", "hire"],
  severity: "minor",
});

export const lifecycleEvents: Card[] = [
  userCreated,
  lifecycleEvent({
    id: "okta.users.activated",
    title: "User Activated",
    step: "activate",
    done: "activated",
    keywords: ["joiner", "onboarding", "enabled"],
  }),
  lifecycleEvent({
    id: "okta.users.deactivated",
    title: "User Deactivated",
    step: "deactivate",
    done: "deactivated",
    keywords: ["leaver", "offboarding", "deprovisioned", "disabled"],
  }),
  lifecycleEvent({
    id: "okta.users.reactivated",
    title: "User Reactivated",
    step: "reactivate",
    done: "reactivated",
    keywords: ["rejoiner", "returned", "enabled again"],
  }),
  lifecycleEvent({
    id: "okta.users.suspended",
    title: "User Suspended",
    step: "suspend",
    done: "suspended",
    keywords: ["blocked", "paused", "leave"],
  }),
  lifecycleEvent({
    id: "okta.users.unsuspended",
    title: "User Unsuspended",
    step: "unsuspend",
    done: "unsuspended",
    keywords: ["unblocked", "resumed", "back from leave"],
  }),
  lifecycleEvent({
    id: "okta.users.deleted",
    title: "User Deleted",
    step: "delete.initiated",
    done: "deleted",
    keywords: ["removed", "erased", "leaver"],
    help:
      "Okta's event hooks tell when a user begins to be deleted. That it is done stands in the System Log alone: " +
      "user.lifecycle.delete.completed, which Custom Webhook offers. Who the user was stands in Okta User; a card that reads " +
      "the user finds them gone, so there are no conditions on department, groups or attributes. To choose by these, start on " +
      "User Deactivated, which comes first.",
    userIsGone: true,
  }),
];
