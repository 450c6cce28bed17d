import type { Many } from "../list-action.ts";
import { listedAppFields, withRawBody } from "./app-fields.ts";

/** The list of the cards that tell what somebody has access to. */
export const listedApps: Many = {
  key: "applications",
  label: "Applications",
  group: "Result",
  fields: listedAppFields,
  source: withRawBody,
};
