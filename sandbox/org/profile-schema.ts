/** One attribute of the user profile. Only what validation and the schema document need. */
export interface Attribute {
  name: string;
  title: string;
  type: "string" | "boolean" | "number" | "integer" | "array";
  description?: string;
  required?: true;
  minLength?: number;
  maxLength?: number;
  format?: "email" | "uri" | "country-code" | "language-code" | "locale" | "timezone";
  enum?: readonly (string | number)[];
  oneOf?: readonly { const: string; title: string }[];
  unique?: true;
  /** Who may change it in the end-user dashboard. */
  self: "READ_WRITE" | "READ_ONLY" | "HIDE";
}

const text = (
  name: string,
  title: string,
  self: Attribute["self"],
  more: Partial<Attribute> = {},
): Attribute => ({ name, title, type: "string", self, ...more });

/** The 31 attributes every Okta user has, with the titles of Okta's default schema. */
export const BASE_ATTRIBUTES: readonly Attribute[] = [
  text("login", "Username", "READ_ONLY", { required: true, minLength: 5, maxLength: 100 }),
  text("firstName", "First name", "READ_WRITE", { required: true, minLength: 1, maxLength: 50 }),
  text("lastName", "Last name", "READ_WRITE", { required: true, minLength: 1, maxLength: 50 }),
  text("middleName", "Middle name", "READ_ONLY"),
  text("honorificPrefix", "Honorific prefix", "READ_ONLY"),
  text("honorificSuffix", "Honorific suffix", "READ_ONLY"),
  text("email", "Primary email", "READ_WRITE", { required: true, format: "email" }),
  text("title", "Title", "READ_ONLY"),
  text("displayName", "Display name", "READ_ONLY"),
  text("nickName", "Nickname", "READ_ONLY"),
  text("profileUrl", "Profile Url", "READ_ONLY", { format: "uri" }),
  text("secondEmail", "Secondary email", "READ_WRITE", { format: "email" }),
  text("mobilePhone", "Mobile phone", "READ_WRITE", { maxLength: 100 }),
  text("primaryPhone", "Primary phone", "READ_ONLY", { maxLength: 100 }),
  text("streetAddress", "Street address", "HIDE"),
  text("city", "City", "HIDE"),
  text("state", "State", "HIDE"),
  text("zipCode", "Zip code", "HIDE"),
  text("countryCode", "Country code", "HIDE", { format: "country-code" }),
  text("postalAddress", "Postal Address", "HIDE"),
  text("preferredLanguage", "Preferred language", "READ_ONLY", { format: "language-code" }),
  text("locale", "Locale", "READ_ONLY", { format: "locale" }),
  text("timezone", "Time zone", "READ_ONLY", { format: "timezone" }),
  text("userType", "User type", "READ_ONLY"),
  text("employeeNumber", "Employee number", "READ_ONLY"),
  text("costCenter", "Cost center", "READ_ONLY"),
  text("organization", "Organization", "READ_ONLY"),
  text("division", "Division", "READ_ONLY"),
  text("department", "Department", "READ_ONLY"),
  text("managerId", "ManagerId", "READ_ONLY"),
  text("manager", "Manager", "READ_ONLY"),
];

/** Attributes this org added, one of each kind a schema can hold. */
export const CUSTOM_ATTRIBUTES: readonly Attribute[] = [
  text("contractEndDate", "Contract end date", "READ_ONLY", {
    description: "Last day of a contractor's contract, YYYY-MM-DD",
    maxLength: 10,
  }),
  text("costCenterCode", "Cost center code", "READ_ONLY", {
    enum: ["CC-100", "CC-200", "CC-300", "CC-400"],
    oneOf: [
      { const: "CC-100", title: "Product" },
      { const: "CC-200", title: "Revenue" },
      { const: "CC-300", title: "Operations" },
      { const: "CC-400", title: "Administration" },
    ],
  }),
  {
    name: "badgeNumber",
    title: "Badge number",
    type: "integer",
    self: "READ_ONLY",
    description: "Number printed on the building badge",
  },
  { name: "remote", title: "Works remotely", type: "boolean", self: "READ_WRITE" },
  { name: "skills", title: "Skills", type: "array", self: "READ_WRITE" },
  { name: "fte", title: "Full-time share", type: "number", self: "READ_ONLY" },
];

const BY_NAME = new Map([...BASE_ATTRIBUTES, ...CUSTOM_ATTRIBUTES].map((item) => [item.name, item]));

/** The attribute of that name, or undefined. Names are case-sensitive, as in Okta. */
export function attributeOf(name: string): Attribute | undefined {
  return BY_NAME.get(name);
}

/** A user profile: attribute name to value. Absent and null mean the same. */
export type Profile = Record<string, unknown>;

/** Names in `profile` that no attribute has. */
export function undefinedProperties(profile: Profile): string[] {
  return Object.keys(profile).filter((name) => !BY_NAME.has(name));
}

/** What is wrong with a whole profile (after merging), attribute by attribute, in schema order. */
export function profileProblems(profile: Profile): { name: string; cause: string }[] {
  const found: { name: string; cause: string }[] = [];
  for (const attribute of BY_NAME.values()) {
    const cause = valueProblem(attribute, profile[attribute.name]);
    if (cause) found.push({ name: attribute.name, cause: `${attribute.name}: ${cause}` });
  }
  return found;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is wrong with one value, or null. Also serves the profiles of applications, whose attributes have the same shape. */
export function valueProblem(
  attribute: Pick<Attribute, "name" | "type" | "required" | "enum" | "minLength" | "maxLength" | "format">,
  value: unknown,
): string | null {
  if (value === null || value === undefined || value === "") {
    return attribute.required ? "The field cannot be left blank" : null;
  }
  if (!hasType(attribute, value)) {
    return `Type mismatch exception. Could not assign the value to a property of type ${attribute.type}`;
  }
  if (attribute.enum && !attribute.enum.some((allowed) => allowed === value)) {
    return `Value must be one of: ${attribute.enum.join(", ")}`;
  }
  if (typeof value !== "string") return null;
  if (attribute.minLength !== undefined && value.length < attribute.minLength) {
    return `The field must be at least ${attribute.minLength} characters`;
  }
  if (attribute.maxLength !== undefined && value.length > attribute.maxLength) {
    return `The field cannot exceed ${attribute.maxLength} characters`;
  }
  if (attribute.name === "login" && !EMAIL.test(value)) {
    return "Username must be in the form of an email address";
  }
  if (attribute.format === "email" && !EMAIL.test(value)) return "Does not match required pattern";
  return null;
}

function hasType(attribute: Pick<Attribute, "type">, value: unknown): boolean {
  if (attribute.type === "integer") return Number.isInteger(value);
  if (attribute.type === "number") return typeof value === "number" && Number.isFinite(value);
  if (attribute.type === "array")
    return Array.isArray(value) && value.every((item) => typeof item === "string");
  return typeof value === attribute.type;
}
