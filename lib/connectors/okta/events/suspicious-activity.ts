import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { eventCard } from "./event-card.ts";
import type { Fact } from "./event-facts.ts";
import { debugFact, firstTarget } from "./okta-event.ts";

const details = {
  eventType: field.text({ label: "Event Type", help: "What was reported: user.session.start, say." }),
  eventId: field.text({ label: "Event ID", help: "UUID of the reported event in the System Log." }),
  eventTransactionId: field.text({ label: "Transaction ID", help: "Transaction of the reported event." }),
  timestamp: field.datetime({ label: "Timestamp", help: "When the reported activity took place." }),
  eventIp: field.text({ label: "IP Address" }),
  eventCity: field.text({ label: "City" }),
  eventState: field.text({ label: "State" }),
  eventCountry: field.text({ label: "Country" }),
  eventLatitude: field.number({ label: "Latitude", help: "In degrees." }),
  eventLongitude: field.number({ label: "Longitude", help: "In degrees." }),
  browser: field.text({ label: "Browser" }),
  os: field.text({ label: "Operating System" }),
};

/** The reporter: actor and target are the same person, but either may be missing. */
function reporter(event: JsonObject): JsonObject {
  return firstTarget(event, "User") ?? (isJsonObject(event.actor) ? event.actor : {});
}

function ofReporter(label: string, key: string, help: string): Fact {
  return { field: field.text({ label, help }), from: (event) => reporter(event)[key] ?? null };
}

/** `debugData.suspiciousActivityEventIp` and its siblings, all texts there, without their common beginning. */
function readDetails(event: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(details).map(([key, { type }]): [string, Json] => {
      const fact = debugFact(event, `suspiciousActivity${key.charAt(0).toUpperCase()}${key.slice(1)}`);
      return [key, type === "number" ? asNumber(fact) : fact];
    }),
  );
}

function asNumber(value: Json): Json {
  if (typeof value !== "string" || value.trim() === "") return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export const suspiciousActivityReported = eventCard({
  id: "okta.users.suspiciousActivityReported",
  title: "Suspicious Activity Reported",
  summary: "Starts the flow when a user reports activity of their account as not theirs.",
  eventType: "user.account.report_suspicious_activity_by_enduser",
  category: "Sign-in",
  user: reporter,
  keywords: ["security alert", "phishing", "account takeover", "report suspicious", "compromised"],
  help: "Users report it from the mail Okta sends them about a sign-in or a change of their account.",
  facts: {
    name: ofReporter("Name", "displayName", "The user who reported it."),
    email: ofReporter("Email", "alternateId", "The login of the user, as a rule their e-mail address."),
    userId: ofReporter("User ID", "id", "Okta id of the user."),
    suspiciousActivityDetails: {
      field: field.object({
        label: "Suspicious Activity Details",
        help: "What was reported, when, and from where it was done.",
        fields: details,
      }),
      from: readDetails,
    },
  },
});
