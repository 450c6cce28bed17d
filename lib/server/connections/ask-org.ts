import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import { isJsonObject, type Json } from "../../flow/json.ts";
import type { AuthorizationKind } from "../okta/authorizer.ts";

/** Which org answered, and whose credentials it accepted. */
export interface OrgIdentity {
  orgName: string | null;
  /** Null for a service app, which is nobody. */
  adminLogin: string | null;
}

/**
 * Asks the org for its name and for the admin the credentials belong to. The look at a user is what fails for bad
 * credentials; the org's settings are only read by some roles and scopes, so a refusal there leaves the name empty.
 * @throws CardError as every call
 */
export async function askOrg(client: OktaClient, kind: AuthorizationKind): Promise<OrgIdentity> {
  const adminLogin = await whoAmI(client, kind);
  const org = await client.request({ method: "GET", path: "/api/v1/org" }).then(
    (answer) => answer.body,
    () => null,
  );
  return { orgName: textAt(org, "companyName"), adminLogin };
}

async function whoAmI(client: OktaClient, kind: AuthorizationKind): Promise<string | null> {
  const path = kind === "service" ? "/api/v1/users" : "/api/v1/users/me";
  try {
    const { body } = await client.request({
      method: "GET",
      path,
      query: kind === "service" ? { limit: 1 } : {},
    });
    return textAt(isJsonObject(body) ? (body.profile ?? null) : null, "login");
  } catch (error) {
    // A token without okta.users.read was accepted all the same; what it lacks is shown as missing.
    const accepted = error instanceof CardError && error.details.kind === "forbidden";
    if (kind !== "token" && accepted) return null;
    throw error;
  }
}

function textAt(value: Json, key: string): string | null {
  const found = isJsonObject(value) ? value[key] : undefined;
  return typeof found === "string" && found !== "" ? found : null;
}
