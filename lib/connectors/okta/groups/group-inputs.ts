import { field } from "../../../cards/field.ts";

/** Attributes an org added to the profile of its groups. */
export const customPropertiesInput = field.object({
  label: "Custom Properties",
  entries: true,
  help: "Attributes your org added to its group profile, by variable name.",
});
