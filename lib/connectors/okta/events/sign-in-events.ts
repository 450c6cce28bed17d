import type { Card } from "../../../cards/define.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { eventCard } from "./event-card.ts";
import { doer, outcome } from "./event-facts.ts";

/** Sessions have no target: who signs in stands as the actor. */
const user = ({ actor }: JsonObject) => actor ?? null;

export const signInEvents: Card[] = [
  eventCard({
    id: "okta.users.signInAttempted",
    title: "User Signed In Attempt",
    summary: "Starts the flow when a user signs in to Okta, or fails to.",
    eventType: "user.session.start",
    category: "Sign-in",
    user,
    keywords: ["login", "sign in", "session started", "failed login"],
    help: "Okta sends this for failures too. Compare Result to tell them apart.",
    facts: {
      actor: doer("Actor", "The user who signs in. Where nobody has the name that was typed, that name."),
      result: outcome("Result", "result", "SUCCESS, or FAILURE for a failed attempt."),
      reason: outcome("Reason", "reason", "Why it failed, in Okta's words: INVALID_CREDENTIALS."),
    },
  }),
  eventCard({
    id: "okta.users.signedOut",
    title: "User Signed Out",
    summary: "Starts the flow when a user signs out of Okta.",
    eventType: "user.session.end",
    category: "Sign-in",
    user,
    keywords: ["logout", "sign out", "session ended"],
    facts: { actor: doer("Actor", "The user who signed out.") },
  }),
];
