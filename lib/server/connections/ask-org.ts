import type { OktaClient } from "../../connectors/okta/client.ts";
import { isJsonObject, type Json } from "../../flow/json.ts";

/** Which org answered, and whose credentials it accepted. */
export interface OrgIdentity {
  orgName: string | null;
  adminLogin: string | null;
}

/**
 * Asks the org for its name and for the admin the token belongs to. `users/me` is what fails for a bad token; the org
 * settings are only read by some admin roles, so a refusal there leaves the name empty.
 * @throws CardError as every call
 */
export async function askOrg(client: OktaClient): Promise<OrgIdentity> {
  const me = await client.request({ method: "GET", path: "/api/v1/users/me" });
  const org = await client.request({ method: "GET", path: "/api/v1/org" }).then(
    (answer) => answer.body,
    () => null,
  );
  const profile = isJsonObject(me.body) ? (me.body.profile ?? null) : null;
  return { orgName: textAt(org, "companyName"), adminLogin: textAt(profile, "login") };
}

function textAt(value: Json, key: string): string | null {
  const found = isJsonObject(value) ? value[key] : undefined;
  return typeof found === "string" && found !== "" ? found : null;
}
