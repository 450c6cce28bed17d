import { notFound } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { ORG_CREATED, type Org, USER_SCHEMA_ID, USER_TYPE_ID } from "../org/org.ts";
import { type Attribute, BASE_ATTRIBUTES, CUSTOM_ATTRIBUTES } from "../org/profile-schema.ts";

type Json = Record<string, unknown>;

/** /api/v1/meta: the user schema and the one user type. */
export const metaRoutes: Route[] = [
  route("GET", "/api/v1/meta/schemas/user/{schemaId}", readSchema),
  route("GET", "/api/v1/meta/schemas/group/default", readGroupSchema),
  route("GET", "/api/v1/meta/types/user", ({ org }) => ({ status: 200, body: [userType(org)] })),
  route("GET", "/api/v1/meta/types/user/{typeId}", readType),
];

function readGroupSchema({ org }: Call): Answer {
  const text = (title: string, maxLength: number): Json => ({
    title,
    type: "string",
    maxLength,
    mutability: "READ_WRITE",
    scope: "NONE",
    permissions: [{ principal: "SELF", action: "READ_ONLY" }],
  });
  const properties = { name: text("Name", 255), description: text("Description", 1024) };
  return {
    status: 200,
    body: {
      id: `${org.baseUrl}/meta/schemas/group/default`,
      $schema: "http://json-schema.org/draft-04/schema#",
      name: "group",
      title: "Okta group",
      description: "Okta group",
      lastUpdated: ORG_CREATED,
      created: ORG_CREATED,
      definitions: {
        custom: { id: "#custom", type: "object", properties: {}, required: [] },
        base: { id: "#base", type: "object", properties, required: ["name"] },
      },
      type: "object",
      properties: { profile: { allOf: [{ $ref: "#/definitions/custom" }, { $ref: "#/definitions/base" }] } },
      _links: { self: get("self", `${org.baseUrl}/api/v1/meta/schemas/group/default`) },
    },
  };
}

function readType({ org, params }: Call): Answer {
  const id = params.typeId ?? "";
  if (id !== "default" && id !== USER_TYPE_ID) throw notFound(id, "UserType");
  return { status: 200, body: userType(org) };
}

function userType(org: Org): Json {
  return {
    id: USER_TYPE_ID,
    displayName: "User",
    name: "user",
    description: "Okta user profile template with default permission settings",
    createdBy: "sprSandboxSystem0000",
    lastUpdatedBy: "sprSandboxSystem0000",
    created: ORG_CREATED,
    lastUpdated: ORG_CREATED,
    default: true,
    _links: {
      schema: get("schema", `${org.baseUrl}/api/v1/meta/schemas/user/${USER_SCHEMA_ID}`),
      self: get("self", `${org.baseUrl}/api/v1/meta/types/user/${USER_TYPE_ID}`),
    },
  };
}

function readSchema({ org, params }: Call): Answer {
  const id = params.schemaId ?? "";
  if (id !== "default" && id !== USER_SCHEMA_ID) throw notFound(id, "UserSchema");
  return {
    status: 200,
    body: {
      id: `${org.baseUrl}/meta/schemas/user/default`,
      $schema: "http://json-schema.org/draft-04/schema#",
      name: "user",
      title: "User",
      description: "Okta user profile template with default permission settings",
      lastUpdated: ORG_CREATED,
      created: ORG_CREATED,
      definitions: {
        custom: definition("#custom", CUSTOM_ATTRIBUTES),
        base: definition("#base", BASE_ATTRIBUTES),
      },
      type: "object",
      properties: { profile: { allOf: [{ $ref: "#/definitions/custom" }, { $ref: "#/definitions/base" }] } },
      _links: {
        self: get("self", `${org.baseUrl}/api/v1/meta/schemas/user/${USER_SCHEMA_ID}`),
        type: get("type", `${org.baseUrl}/api/v1/meta/types/user/${USER_TYPE_ID}`),
      },
    },
  };
}

const get = (rel: string, href: string): Json => ({ rel, href, method: "GET" });

function definition(id: string, attributes: readonly Attribute[]): Json {
  return {
    id,
    type: "object",
    properties: Object.fromEntries(attributes.map((item) => [item.name, attributeJson(item)])),
    required: attributes.filter((item) => item.required).map((item) => item.name),
  };
}

function attributeJson(item: Attribute): Json {
  const { name: _, self, unique, enum: values, oneOf, ...plain } = item;
  return {
    ...plain,
    // A string in real orgs, though Okta's schema says boolean.
    ...(unique ? { unique: "UNIQUE_VALIDATED" } : {}),
    ...(item.type === "array" ? { items: { type: "string" } } : {}),
    ...(values ? { enum: values } : {}),
    ...(oneOf ? { oneOf } : {}),
    mutability: "READ_WRITE",
    scope: "NONE",
    permissions: [{ principal: "SELF", action: self }],
  };
}
