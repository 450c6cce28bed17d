import type { Card } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { eventCard } from "./event-card.ts";
import { debugText, doer, oktaUser, outcome, target } from "./event-facts.ts";
import { entityFields } from "./event-fields.ts";
import { firstTarget } from "./okta-event.ts";

function tokenEvent(step: "create" | "revoke", keywords: string[]): Card {
  const done = `${step}d`;
  return eventCard({
    id: `okta.tokens.${done}`,
    title: `API Token ${step === "create" ? "Created" : "Revoked"}`,
    summary: `Starts the flow when an API token is ${done}.`,
    eventType: `system.api_token.${step}`,
    category: "Org",
    keywords,
    facts: {
      admin: doer("Admin", `The admin who ${done} it.`),
      token: target("Token", "Token", "The token: its id and name, never its value."),
    },
  });
}

function limitEvent(step: "warning" | "violation", summary: string, keywords: string[]): Card {
  return eventCard({
    id: `okta.org.rateLimit${step === "warning" ? "Warning" : "Violation"}`,
    title: `Org Rate Limit ${step === "warning" ? "Warning" : "Violation"}`,
    summary,
    eventType: `system.org.rate_limit.${step}`,
    category: "Org",
    keywords,
    help: "A flow that calls the same endpoint takes from the same limit. Threshold and reset stand in Debug Data.",
    facts: {
      actor: doer("Actor", "Whose call it was, where Okta can tell."),
      endpoint: {
        field: field.object({
          label: "Endpoint",
          help: "The addresses the limit is for.",
          fields: { id: entityFields.id, type: entityFields.type },
        }),
        from: (event) => firstTarget(event, "URL Pattern"),
      },
    },
  });
}

function phoneEvent(name: string, title: string, sent: string, eventType: string, keywords: string[]): Card {
  return eventCard({
    id: `okta.phone.${name}`,
    title,
    summary: `Starts the flow when Okta ${sent} to verify a phone number.`,
    eventType,
    category: "Org",
    keywords,
    help: "Okta logs the same event with Result DENY where it blocked it.",
    facts: {
      actor: doer("Actor", "The user who is verified, or the admin or application who asked for it."),
      user: oktaUser("The user whose phone it is."),
      phoneNumber: debugText("Phone Number", "phoneNumber", "As Okta logs it, as a rule with digits hidden."),
      result: outcome("Result", "result", "SUCCESS, FAILURE or DENY."),
    },
  });
}

export const orgEvents: Card[] = [
  tokenEvent("create", ["new api token", "ssws", "credential"]),
  tokenEvent("revoke", ["api token deleted", "ssws", "credential"]),
  limitEvent("warning", "Starts the flow when calls of an API come close to the org's rate limit.", [
    "api limit",
    "too many requests",
    "throttling",
  ]),
  limitEvent("violation", "Starts the flow when calls of an API exceed the org's rate limit.", [
    "429",
    "too many requests",
    "throttling",
  ]),
  phoneEvent(
    "callSent",
    "Phone Verification Call Sent",
    "calls a user",
    "system.voice.send_phone_verification_call",
    ["telephony", "voice", "one-time code"],
  ),
  phoneEvent(
    "smsSent",
    "Phone Verification SMS Sent",
    "sends a text message",
    "system.sms.send_phone_verification_message",
    ["telephony", "text message", "one-time code"],
  ),
];
