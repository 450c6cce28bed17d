import type { Card } from "../../../cards/define.ts";
import { type EventCard, eventCard } from "./event-card.ts";
import { doer, type Facts, likely, oktaUser, outcome, target } from "./event-facts.ts";

const CATEGORY = "Multifactor";
const OIE_ONLY = "Orgs on Okta Identity Engine only.";

const REASON = outcome(
  "Reason",
  "reason",
  "Okta's own words, often with the factor: User set up OKTA_VERIFY factor.",
);
const ENROLLMENT = target("Authenticator", "AuthenticatorEnrollment", "The factor, where Okta names it.");

/** Events about a user's factors. `done` ends the sentence "the user whose factor …". */
function factorEvent({
  done,
  more,
  ...event
}: Pick<EventCard, "id" | "title" | "summary" | "eventType" | "keywords" | "help"> & {
  done: string;
  more?: Facts;
}): Card {
  return eventCard({
    ...event,
    category: CATEGORY,
    facts: {
      admin: doer("Admin", "Who did it: an admin, an application acting for one, or the user."),
      user: oktaUser(`The user whose ${done}.`),
      ...more,
    },
  });
}

/** Events about an authenticator of the org. */
function authenticatorEvent(step: "activate" | "deactivate", keywords: string[]): Card {
  const done = `${step}d`;
  return eventCard({
    id: `okta.authenticators.${done}`,
    title: `Authenticator ${step === "activate" ? "Activated" : "Deactivated"}`,
    summary: `Starts the flow when an authenticator of the org is ${done}.`,
    eventType: `security.authenticator.lifecycle.${step}`,
    category: CATEGORY,
    keywords,
    help: OIE_ONLY,
    facts: {
      admin: doer("Admin", `Who ${done} it.`),
      authenticator: likely("Authenticator", ["Authenticator"], `The authenticator that was ${done}.`),
    },
  });
}

export const factorEvents: Card[] = [
  eventCard({
    id: "okta.factors.used",
    title: "User MFA",
    summary: "Starts the flow when a user is asked for a second factor.",
    eventType: "user.authentication.auth_via_mfa",
    category: CATEGORY,
    keywords: ["multifactor", "two-factor", "2fa", "push", "mfa challenge"],
    help: "Okta sends this for failures too. Compare Result to tell them apart.",
    facts: {
      actor: doer("Actor", "The user who signs in."),
      user: oktaUser("The user who signs in."),
      authenticator: ENROLLMENT,
      result: outcome("Result", "result", "SUCCESS, FAILURE, CHALLENGE, UNANSWERED …"),
      reason: outcome("Reason", "reason", "Why, in Okta's words: INVALID_CREDENTIALS."),
    },
  }),
  factorEvent({
    id: "okta.factors.activated",
    title: "User MFA Factor Activated",
    summary: "Starts the flow when a user has set up a factor.",
    eventType: "user.mfa.factor.activate",
    keywords: ["factor enrolled", "mfa enrollment", "two-factor"],
    done: "factor was activated",
    more: { reason: REASON, authenticator: ENROLLMENT },
  }),
  factorEvent({
    id: "okta.factors.deactivated",
    title: "User MFA Factor Deactivated",
    summary: "Starts the flow when a factor of a user is removed.",
    eventType: "user.mfa.factor.deactivate",
    keywords: ["factor reset", "factor removed", "two-factor"],
    done: "factor was removed",
    more: { reason: REASON, authenticator: ENROLLMENT },
  }),
  factorEvent({
    id: "okta.factors.allReset",
    title: "User MFA Factor Reset All",
    summary: "Starts the flow when all factors of a user are reset.",
    eventType: "user.mfa.factor.reset_all",
    keywords: ["reset multifactor", "factors removed", "lost phone"],
    done: "factors were reset",
  }),
  factorEvent({
    id: "okta.factors.suspended",
    title: "User MFA Factor Suspended",
    summary: "Starts the flow when a factor of a user is suspended.",
    eventType: "user.mfa.factor.suspend",
    keywords: ["factor paused", "two-factor", "device suspended"],
    help: OIE_ONLY,
    done: "factor was suspended",
  }),
  factorEvent({
    id: "okta.factors.unsuspended",
    title: "User MFA Factor Unsuspended",
    summary: "Starts the flow when a suspended factor of a user may be used again.",
    eventType: "user.mfa.factor.unsuspend",
    keywords: ["factor resumed", "two-factor", "device unsuspended"],
    help: OIE_ONLY,
    done: "factor may be used again",
  }),
  authenticatorEvent("activate", ["authenticator enabled", "org security", "passkey"]),
  authenticatorEvent("deactivate", ["authenticator disabled", "org security", "passkey"]),
];
