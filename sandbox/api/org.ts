import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { ORG_CREATED, ORG_ID } from "../org/org.ts";

/** What tells which org this is. */
export const orgRoutes: Route[] = [
  route("GET", "/api/v1/org", readOrg),
  { ...route("GET", "/.well-known/okta-organization", readMetadata), open: true },
];

function readOrg({ org }: Call): Answer {
  const at = (path: string) => ({ href: `${org.baseUrl}/api/v1/org/${path}` });
  return {
    status: 200,
    body: {
      id: ORG_ID,
      companyName: "Example Corp (sandbox)",
      subdomain: "sandbox",
      status: "ACTIVE",
      website: "https://www.example.com",
      address1: "1 Sample Street",
      city: "Springfield",
      state: "Oregon",
      country: "US",
      postalCode: "97477",
      phoneNumber: "+1 555 0100",
      created: ORG_CREATED,
      lastUpdated: ORG_CREATED,
      _links: {
        preferences: at("preferences"),
        contacts: at("contacts"),
        oktaSupport: at("privacy/oktaSupport"),
        logo: at("logo"),
      },
    },
  };
}

function readMetadata({ org }: Call): Answer {
  return {
    status: 200,
    body: {
      id: ORG_ID,
      cell: "sandbox",
      _links: { organization: { href: org.baseUrl } },
      pipeline: "idx",
    },
  };
}
