import type { Card } from "../../../cards/define.ts";
import { type EventCard, eventCard } from "./event-card.ts";
import { debugText, doer, type Facts, oktaUser } from "./event-facts.ts";

/** What differs between the events about a user's profile, password and lock. */
interface AccountEvent
  extends Pick<EventCard, "id" | "title" | "summary" | "eventType" | "keywords" | "help"> {
  admin: string;
  user: string;
  more?: Facts;
}

function accountEvent({ admin, user, more, ...event }: AccountEvent): Card {
  const facts = { admin: doer("Admin", admin), user: oktaUser(user), ...more };
  return eventCard({ ...event, category: "Users", facts });
}

const OR_SELF = "Who did it: an admin, an application acting for one, or the user.";

export const userProfileUpdated = accountEvent({
  id: "okta.users.profileUpdated",
  title: "User Okta Profile Updated",
  summary: "Starts the flow when attributes of a user's Okta profile change.",
  eventType: "user.account.update_profile",
  keywords: ["user profile updated", "attribute changed", "mover", "department change"],
  help:
    "The event names the attributes that changed, not their values: follow it with Read User.\n\n" +
    "A flow that updates the user it listens to starts itself again. Compare before you update.",
  admin: "Who updated the user: an admin, or an application acting for one.",
  user: "The user who was updated.",
  more: {
    changedAttributes: debugText(
      "Changed Attributes",
      "changedAttributes",
      "Names of the changed attributes as Okta lists them. Some orgs leave it out.",
    ),
  },
});

export const accountEvents: Card[] = [
  userProfileUpdated,
  accountEvent({
    id: "okta.users.locked",
    title: "User Account Locked",
    summary: "Starts the flow when Okta locks a user out.",
    eventType: "user.account.lock",
    keywords: ["user account auto-locked", "locked out", "too many attempts", "brute force"],
    help: "Okta locks an account after too many failed sign-ins, as the password policy says.",
    admin: "Who caused it: as a rule the user whose sign-ins failed, or Okta itself.",
    user: "The user who is locked out.",
  }),
  accountEvent({
    id: "okta.users.unlocked",
    title: "User Account Unlocked",
    summary: "Starts the flow when Okta unlocks a user by itself.",
    eventType: "user.account.unlock",
    keywords: ["auto-unlock", "lockout over", "unlocked"],
    help:
      "Only where the lock runs out by itself. An admin or the card Unlock User sends another event: choose " +
      "user.account.unlock_by_admin in Custom Webhook for that one.",
    admin: "Who caused it: as a rule Okta itself.",
    user: "The user who is no longer locked out.",
  }),
  accountEvent({
    id: "okta.users.passwordReset",
    title: "User Okta Password Reset by an Admin",
    summary: "Starts the flow when a user's Okta password is reset.",
    eventType: "user.account.reset_password",
    keywords: ["password reset", "forgot password", "helpdesk"],
    help:
      "In some orgs Okta sends the same event when users reset their own password: Admin and Okta User are the same " +
      "person then.",
    admin: OR_SELF,
    user: "The user whose password was reset.",
  }),
  accountEvent({
    id: "okta.users.passwordUpdated",
    title: "User Okta Password Updated",
    summary: "Starts the flow when a user's Okta password changes.",
    eventType: "user.account.update_password",
    keywords: ["password changed", "new password", "credential"],
    admin: OR_SELF,
    user: "The user whose password changed.",
  }),
  accountEvent({
    id: "okta.users.passwordImported",
    title: "User Password Imported",
    summary: "Starts the flow when a user's password is brought into Okta from where it was before.",
    eventType: "user.import.password",
    keywords: ["password import", "password inline hook", "migration"],
    admin: OR_SELF,
    user: "The user whose password was imported.",
  }),
];
