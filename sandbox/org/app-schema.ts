import type { AppRecord } from "./apps.ts";
import type { Attribute, Profile } from "./profile-schema.ts";

type Source = string | ((profile: Profile) => unknown);

/** An attribute of an application's own user profile, and where its value comes from. */
export interface AppAttribute {
  name: string;
  title: string;
  type: Attribute["type"];
  description?: string;
  required?: true;
  enum?: readonly string[];
  /** The user attribute (or function of it) the org maps to it. */
  from?: Source;
}

const plain = (name: string, title: string, more: Partial<AppAttribute> = {}): AppAttribute => ({
  name,
  title,
  type: "string",
  ...more,
});

const fullName = (profile: Profile): string => `${String(profile.firstName)} ${String(profile.lastName)}`;

/** The profile of every OpenID Connect application, as recorded. */
const OIDC: readonly AppAttribute[] = [
  plain("name", "Name", { from: fullName, description: "End-User's full name in displayable form." }),
  plain("nickname", "Nickname", { from: "nickName" }),
  plain("given_name", "Given Name", { from: "firstName" }),
  plain("middle_name", "Middle Name", { from: "middleName" }),
  plain("family_name", "Family Name", { from: "lastName" }),
  plain("email", "Email", { from: "email" }),
  plain("profile", "Profile URL", { from: "profileUrl" }),
  plain("picture", "Picture URL"),
  plain("website", "Website"),
  plain("gender", "Gender"),
  plain("birthdate", "Birthdate"),
  plain("zoneinfo", "Time Zone", { from: (profile) => profile.timezone ?? "America/Los_Angeles" }),
  plain("locale", "Locale Name", { from: (profile) => profile.locale ?? "en_US" }),
  plain("phone_number", "Phone Number", { from: "primaryPhone" }),
  plain("street_address", "Street Address", { from: "streetAddress" }),
  plain("locality", "Locality", { from: "city" }),
  plain("region", "Region", { from: "state" }),
  plain("postal_code", "Postal Code", { from: "zipCode" }),
  plain("country", "Country", { from: "countryCode" }),
  plain("formatted", "Formatted"),
];

const NAMES: readonly AppAttribute[] = [
  plain("firstName", "First name", { from: "firstName" }),
  plain("lastName", "Last name", { from: "lastName" }),
  plain("email", "Email", { from: "email" }),
];

/** What an import from an identity source may carry. */
const SOURCE: readonly AppAttribute[] = [
  plain("email", "Email", { required: true, from: "email" }),
  plain("firstName", "First name", { required: true, from: "firstName" }),
  plain("lastName", "Last name", { required: true, from: "lastName" }),
  plain("secondEmail", "Secondary email", { from: "secondEmail" }),
  plain("mobilePhone", "Mobile phone", { from: "mobilePhone" }),
  plain("homeAddress", "Home address", { from: "streetAddress" }),
];

const whole = (name: string, title: string): AppAttribute => ({ name, title, type: "integer" });
const yesNo = (name: string, title: string): AppAttribute => ({ name, title, type: "boolean" });
const list = (name: string, title: string): AppAttribute => ({ name, title, type: "array" });

/** Attributes of single applications. */
const CUSTOM: Record<string, readonly AppAttribute[]> = {
  salesforce: [
    plain("role", "Role", { enum: ["Standard User", "Sales Manager", "System Administrator"] }),
    plain("department", "Department", { from: "department" }),
    whole("annualQuota", "Annual quota"),
    yesNo("marketingUser", "Marketing user"),
  ],
  slack: [plain("displayName", "Display name", { from: "displayName" }), list("channels", "Channels")],
  google: [
    plain("orgUnitPath", "Organizational unit"),
    { name: "storageGb", title: "Storage in GB", type: "number" },
    yesNo("twoFactorEnforced", "2-step verification enforced"),
  ],
  github_enterprise_cloud: [list("organizations", "Organizations"), plain("githubLogin", "GitHub login")],
  zoomus: [plain("licenseType", "License", { enum: ["Basic", "Licensed", "On-prem"] })],
  oidc_client: [
    whole("approvalLimit", "Approval limit"),
    plain("costCenter", "Cost center", { from: "costCenterCode" }),
  ],
  payroll_portal: [plain("payGroup", "Pay group", { enum: ["Monthly", "Weekly"] })],
  custom_identity_source: [
    plain("department", "Department", { from: "department" }),
    plain("title", "Title", { from: "title" }),
    plain("userType", "User type", { from: "userType" }),
    plain("employeeNumber", "Employee number", { from: "employeeNumber" }),
  ],
};

/** Attributes every application of this sign-on mode has; `userName` stands beside them in the schema. */
export function baseAttributes(app: AppRecord): readonly AppAttribute[] {
  if (app.features.includes("PROFILE_MASTERING")) return SOURCE;
  if (app.signOnMode === "OPENID_CONNECT") return OIDC;
  return app.signOnMode === "BOOKMARK" ? [] : NAMES;
}

/** The org's own attributes of this application. */
export function customAttributes(app: AppRecord): readonly AppAttribute[] {
  return CUSTOM[app.name] ?? [];
}

/** The account profile the org's mappings make of a user. Unmapped attributes of the base are null, as recorded. */
export function mappedProfile(app: AppRecord, profile: Profile): Record<string, unknown> {
  const mapped: Record<string, unknown> = {};
  for (const item of baseAttributes(app)) mapped[item.name] = attributeValue(item, profile) ?? null;
  for (const item of customAttributes(app)) {
    const value = attributeValue(item, profile);
    if (value !== undefined) mapped[item.name] = value;
  }
  return mapped;
}

function attributeValue({ from }: AppAttribute, profile: Profile): unknown {
  if (from === undefined) return undefined;
  return typeof from === "string" ? profile[from] : from(profile);
}

/** The application's schema as GET /api/v1/meta/schemas/apps/{appId}/default answers it. */
export function appSchemaJson(app: AppRecord, baseUrl: string): Record<string, unknown> {
  const self = `${baseUrl}/api/v1/meta/schemas/apps/${app.id}/default`;
  return {
    id: `${baseUrl}/meta/schemas/apps/${app.id}/default`,
    $schema: "http://json-schema.org/draft-04/schema#",
    name: app.name,
    title: `${app.label} User`,
    lastUpdated: app.lastUpdated,
    created: app.created,
    definitions: {
      custom: definition("#custom", customAttributes(app)),
      base: definition("#base", [plain("userName", "Username", { required: true }), ...baseAttributes(app)]),
    },
    type: "object",
    properties: { profile: { allOf: [{ $ref: "#/definitions/custom" }, { $ref: "#/definitions/base" }] } },
    _links: { self: { rel: "self", href: self, method: "GET" } },
  };
}

function definition(id: string, attributes: readonly AppAttribute[]): Record<string, unknown> {
  return {
    id,
    type: "object",
    properties: Object.fromEntries(
      attributes.map(({ name, from: _, required, ...rest }) => [
        name,
        {
          ...rest,
          ...(required ? { required } : {}),
          ...(rest.type === "array" ? { items: { type: "string" } } : {}),
          ...(rest.enum ? { oneOf: rest.enum.map((value) => ({ const: value, title: value })) } : {}),
          scope: "NONE",
        },
      ]),
    ),
    required: attributes.filter((item) => item.required).map((item) => item.name),
  };
}
