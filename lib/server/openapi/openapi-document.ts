import type { Endpoint } from "#lib/api/endpoint.ts";
import { endpoints } from "#lib/api/endpoints.ts";
import { API_ERROR_STATUS, apiErrorSchema } from "#lib/api/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { can } from "../accounts/authorize.ts";
import { SESSION_COOKIE } from "../accounts/cookie-kind.ts";
import { hookPath, hookSecurityScheme } from "./hook-path.ts";
import { SchemaCollector } from "./schema-collector.ts";

let document: JsonObject | undefined;

/** The JSON API as an OpenAPI 3.1 document, made from the same schemas the handlers parse with. */
export function openApiDocument(): JsonObject & { openapi: string } {
  document ??= build();
  return { ...document, openapi: "3.1.1" };
}

function build(): JsonObject {
  const collector = new SchemaCollector();
  const error = collector.convert(apiErrorSchema, "output");
  const answers = new Map(
    endpoints.map(({ endpoint }) => [endpoint, collector.convert(endpoint.answer, "output")]),
  );
  const paths: Record<string, JsonObject> = { "/hooks/okta/{endpointId}": hookPath };
  for (const { name, endpoint } of endpoints) {
    const operation = operationOf(name, endpoint, answers.get(endpoint) ?? {}, collector);
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation };
  }
  return {
    info: {
      title: "Flowdeck",
      version: "1",
      description: "Flows that automate an Okta org: build, publish, run and read them.",
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: collector.components,
      responses: errorResponses(error),
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: SESSION_COOKIE.plain,
          description: `Over https the cookie is called ${SESSION_COOKIE.secure}. Writes also need the Origin of the console.`,
        },
        token: { type: "http", scheme: "bearer", description: "An API token of the settings page." },
        hookSecret: hookSecurityScheme,
      },
    },
  };
}

function operationOf(
  name: string,
  endpoint: Endpoint,
  answer: JsonObject,
  collector: SchemaCollector,
): JsonObject {
  const { params, query, body } = endpoint;
  const parameters = [
    ...(params ? parametersOf(collector.convert(params, "input"), "path") : []),
    ...(query ? parametersOf(collector.convert(query, "input"), "query") : []),
  ];
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    security: securityOf(endpoint),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: collector.convert(body, "input") } },
          },
        }
      : {}),
    responses: {
      "200": { description: "Done", content: { "application/json": { schema: answer } } },
      ...Object.fromEntries(
        statusesOf(endpoint).map((status) => [String(status), { $ref: `#/components/responses/${status}` }]),
      ),
    },
  };
}

function parametersOf(schema: JsonObject, place: "path" | "query"): JsonObject[] {
  const { properties, required } = schema;
  const needed: Json[] = Array.isArray(required) ? required : [];
  return Object.entries(isJsonObject(properties) ? properties : {}).map(([name, property]) => {
    const { description, ...rest } = isJsonObject(property) ? property : {};
    return {
      name,
      in: place,
      required: place === "path" || needed.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

const A_TOKEN: Actor = { kind: "token", id: "any", name: "any", role: "token" };

function securityOf({ permission }: Endpoint): JsonObject[] {
  if (permission === "public") return [];
  const byToken = permission === "signedIn" || can(A_TOKEN, permission);
  return byToken ? [{ session: [] }, { token: [] }] : [{ session: [] }];
}

/** The errors an endpoint can answer by its shape; 409, 422 and 502 come from what it does, and any write may. */
function statusesOf(endpoint: Endpoint): number[] {
  const { params, query, body, permission, method } = endpoint;
  return [
    ...(params || query || body ? [400] : []),
    ...(permission === "public" ? [] : [401]),
    ...(permission === "public" && method === "GET" ? [] : [403]),
    ...(params ? [404] : []),
    ...(method === "GET" ? [] : [409, 422, 502]),
    ...(body ? [413, 415] : []),
    ...(endpoint.path.startsWith("/api/auth/sign-in/") ? [429] : []),
    ...[500, 503],
  ].sort((a, b) => a - b);
}

function errorResponses(error: JsonObject): Record<string, JsonObject> {
  const schema: JsonObject = { type: "object", properties: { error }, required: ["error"] };
  return Object.fromEntries(
    Object.entries(API_ERROR_STATUS).map(([code, status]) => [
      String(status),
      { description: `Error "${code}"`, content: { "application/json": { schema } } },
    ]),
  );
}
