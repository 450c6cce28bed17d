import { defineFieldLoader } from "../../../cards/connector.ts";
import { okta } from "../client.ts";
import { GROUP_PROFILE_LOADER } from "../group-fields.ts";
import { customProfileFields } from "./user-profile-loader.ts";

/** The attributes an org added to the profile of its groups, besides name and description. */
export const groupProfileLoader = defineFieldLoader({
  id: GROUP_PROFILE_LOADER,
  connector: okta,
  load: async ({ client }) => {
    const { body } = await client.request({ method: "GET", path: "/api/v1/meta/schemas/group/default" });
    return customProfileFields(body, "a new group");
  },
});
