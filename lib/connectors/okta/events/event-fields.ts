import { field } from "../../../cards/field.ts";

/** What an event says of somebody or something. */
export const entityFields = {
  id: field.text({ label: "ID" }),
  alternateId: field.text({
    label: "Alternate ID",
    help: "For users the login; Okta says unknown where there is none.",
  }),
  displayName: field.text({ label: "Display Name" }),
  type: field.text({ label: "Type", help: "What it is in Okta: User, UserGroup, AppInstance …" }),
};

/** Somebody or something an event is about, as the event carries it: not the whole user, but enough to read it. */
export function entityField(label: string, help: string) {
  return field.object({ label, help, fields: entityFields });
}

/** Several of them. */
export function entityListField(label: string, help: string) {
  return field.objectList({ label, help, fields: entityFields });
}

/** What every event starts with. */
export const eventHead = {
  dateAndTime: field.datetime({ label: "Date and Time", help: "When it happened in Okta." }),
  message: field.text({ label: "Message", help: "Okta's own sentence about the event." }),
  eventId: field.text({
    label: "Event ID",
    help: "Id of the delivery by Okta; several events may share one. Empty where the event was read from the System Log.",
  }),
  eventType: field.text({ label: "Event Type" }),
  eventTime: field.datetime({
    label: "Event Time",
    help: "When Okta delivered the event. Empty where the event was read from the System Log.",
  }),
  version: field.text({ label: "Version" }),
};

/** What every event ends with. */
export const eventTail = {
  uuid: field.text({
    label: "UUID",
    help: "Id of this event, the same in a delivery and in the System Log.",
  }),
  source: field.text({ label: "Source", help: "Address of the event hook that delivered it." }),
  headers: field.object({
    label: "Headers",
    help: "Headers of the delivery, with names in small letters; without the secret. Empty where the event was read from the System Log.",
  }),
  debugData: field.object({
    label: "Debug Data",
    help: "Further facts as name and text, different by event type.",
  }),
  fullDetails: field.object({ label: "Full Details", help: "The event exactly as Okta sent it." }),
};
