import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";

const entityFields = {
  id: field.text({ label: "ID" }),
  type: field.text({ label: "Type", help: "What it is in Okta: User, UserGroup, AppInstance …" }),
  alternateId: field.text({ label: "Alternate ID", help: "For users the login." }),
  displayName: field.text({ label: "Display Name" }),
  detailEntry: field.object({ label: "Detail Entry" }),
};

/** An entry of the System Log, as Okta answers it. */
export const logFields = {
  uuid: field.text({ label: "UUID" }),
  published: field.datetime({ label: "Published", help: "When it happened." }),
  eventType: field.text({ label: "Event Type" }),
  displayMessage: field.text({ label: "Display Message", help: "Okta's own sentence about the event." }),
  severity: field.text({ label: "Severity", help: "DEBUG, INFO, WARN or ERROR." }),
  outcome: field.object({
    label: "Outcome",
    fields: {
      result: field.text({ label: "Result", help: "Such as SUCCESS, FAILURE, ALLOW or DENY." }),
      reason: field.text({ label: "Reason" }),
    },
  }),
  actor: field.object({ label: "Actor", help: "Who or what did it.", fields: entityFields }),
  target: field.objectList({ label: "Target", help: "Whom or what it was done to.", fields: entityFields }),
  client: field.object({ label: "Client", help: "Address, device and program it came from." }),
  request: field.object({ label: "Request" }),
  authenticationContext: field.object({ label: "Authentication Context" }),
  securityContext: field.object({ label: "Security Context" }),
  transaction: field.object({ label: "Transaction" }),
  debugContext: field.object({
    label: "Debug Context",
    help: "Further facts as name and text, different by event type.",
  }),
  legacyEventType: field.text({ label: "Legacy Event Type" }),
  version: field.text({ label: "Version" }),
};

/** One entry found by a search: what a list has of it, and the raw body. */
export const foundLogFields = {
  ...logFields,
  rawBody: field.object({ label: "Raw Body", help: "The entry exactly as Okta answered it." }),
};

/** An entry in the shape the fields above are read from. */
export function logSource(body: Json | undefined): JsonObject {
  return isJsonObject(body) ? { ...body, rawBody: body } : {};
}
