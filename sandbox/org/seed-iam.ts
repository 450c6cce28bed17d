import { ORG_CREATED, ORG_ID, type Org } from "./org.ts";

/** Ids of the one custom role and the one resource set of a new org. */
export const SEED_ROLE_ID = "cr0SandboxRole000005d";
export const SEED_RESOURCE_SET_ID = "iamSandboxSet0000005d";

/** Puts a custom role and a resource set into the org, which nobody holds yet. Ids are fixed and older than the generator's. */
export function seedIam(org: Org): void {
  const stamps = { created: ORG_CREATED, lastUpdated: ORG_CREATED };
  const labels = ["okta.users.read", "okta.users.credentials.manage", "okta.users.lifecycle.unlock"];
  org.iam.roles.push({
    id: SEED_ROLE_ID,
    seq: 1,
    label: "Credential Helper",
    description: "Resets passwords and unlocks people",
    ...stamps,
    permissions: labels.map((label) => ({ label, ...stamps, conditions: null })),
  });
  const path = "/api/v1/users";
  org.iam.resourceSets.push({
    id: SEED_RESOURCE_SET_ID,
    seq: 1,
    label: "All people",
    description: "Everyone in the org",
    ...stamps,
    resources: [
      {
        id: "ireSandboxRes0000005d",
        seq: 1,
        orn: `orn:okta:directory:${ORG_ID}:users`,
        path,
        ...stamps,
        conditions: null,
      },
    ],
  });
}
