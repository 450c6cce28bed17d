import { field } from "../../../cards/field.ts";
import { GROUP_PROFILE_LOADER } from "../group-fields.ts";

/** Attributes an org added to the profile of its groups. */
export const customPropertiesInput = field.object({
  label: "Custom Properties",
  entries: true,
  grows: GROUP_PROFILE_LOADER,
  help: "Attributes your org added to its group profile, by variable name.",
});
