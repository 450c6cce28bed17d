import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { endpoints } from "#lib/api/endpoints.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { catalogue } from "#lib/registry.ts";
import { openApiDocument } from "./openapi-document.ts";

const document = openApiDocument();
const METHODS = ["get", "post", "put", "patch", "delete"];

/** What OpenAPI 3.1 demands of the parts we use. */
const shape = {
  type: "object",
  required: ["openapi", "info", "paths", "components"],
  properties: {
    openapi: { pattern: "^3\\.1\\.\\d+$" },
    info: { required: ["title", "version"] },
    paths: {
      patternProperties: {
        "^/": {
          type: "object",
          propertyNames: { enum: [...METHODS, "parameters"] },
          properties: {
            parameters: { type: "array", items: { $ref: "#/$defs/parameter" } },
            ...Object.fromEntries(METHODS.map((method) => [method, { $ref: "#/$defs/operation" }])),
          },
        },
      },
      additionalProperties: false,
    },
  },
  $defs: {
    parameter: {
      type: "object",
      required: ["name", "in", "required", "schema"],
      properties: { in: { enum: ["path", "query", "header"] }, required: { type: "boolean" } },
      if: { properties: { in: { const: "path" } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { required: { const: true } } },
    },
    content: {
      type: "object",
      required: ["application/json"],
      properties: { "application/json": { required: ["schema"] } },
    },
    operation: {
      type: "object",
      required: ["operationId", "summary", "tags", "security", "responses"],
      properties: {
        parameters: { type: "array", items: { $ref: "#/$defs/parameter" } },
        requestBody: { required: ["content"], properties: { content: { $ref: "#/$defs/content" } } },
        responses: {
          type: "object",
          minProperties: 1,
          propertyNames: { pattern: "^[2-5]\\d\\d$" },
          additionalProperties: {
            type: "object",
            oneOf: [{ required: ["$ref"] }, { required: ["description"] }],
            properties: { content: { $ref: "#/$defs/content" } },
          },
        },
      },
    },
  },
};

function at(pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    value = isJsonObject(value) ? value[key] : undefined;
  }
  return value;
}

function collect(value: Json, key: string): Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, key));
  if (!isJsonObject(value)) return [];
  const own = value[key];
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap((item) => collect(item, key))];
}

function operation(path: string, method: string): JsonObject {
  const found = at(`/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}`);
  if (!isJsonObject(found)) throw new Error(`${method} ${path} is missing.`);
  return found;
}

const ajv = () => new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

describe("the OpenAPI document", () => {
  test("has the shape of one", () => {
    const validate = ajv().compile(shape);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  test("describes every endpoint, once", () => {
    for (const { name, endpoint } of endpoints) {
      expect(operation(endpoint.path, endpoint.method).operationId).toBe(name);
    }
    const ids = collect(document, "operationId");
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(endpoints.length + 2);
  });

  test("refers only to what is there", () => {
    const refs = collect(document, "$ref");
    expect(refs.length).toBeGreaterThan(100);
    const missing = refs.filter((ref) => typeof ref !== "string" || at(ref.replace(/^#/, "")) === undefined);
    expect(missing).toEqual([]);
    expect(refs.filter((ref) => String(ref).includes("$defs"))).toEqual([]);
  });

  test("declares each parameter of a path", () => {
    for (const { endpoint } of endpoints) {
      const wanted = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const { parameters = [] } = operation(endpoint.path, endpoint.method);
      const declared = (Array.isArray(parameters) ? parameters : [])
        .filter(isJsonObject)
        .filter((parameter) => parameter.in === "path")
        .map((parameter) => parameter.name);
      expect([endpoint.path, declared]).toEqual([endpoint.path, wanted]);
    }
  });

  test("tells who may call: everybody, a session, or a token too", () => {
    expect(operation("/api/health", "GET").security).toEqual([]);
    expect(operation("/api/flows", "GET").security).toEqual([{ session: [] }, { token: [] }]);
    expect(operation("/api/tokens", "POST").security).toEqual([{ session: [] }]);
  });

  test("has schemas that real answers and errors satisfy, and wrong ones don't", () => {
    const validator = ajv();
    validator.addSchema({ ...document, $id: "api" });
    const card = validator.compile({ $ref: "api#/components/schemas/Card" });
    const wrong = catalogue.cards.flatMap((description) => (card(description) ? [] : [card.errors]));
    expect(wrong).toEqual([]);
    expect(catalogue.cards.length).toBeGreaterThan(0);
    expect(card({ ...catalogue.cards[0], kind: "button" })).toBe(false);
    const error = validator.compile({ $ref: "api#/components/schemas/ApiError" });
    expect(error({ code: "conflict", message: "Somebody saved.", current: { revision: 3 } })).toBe(true);
    expect(error({ code: "no-such-code", message: "?" })).toBe(false);
  });

  test("keeps one schema under one name", () => {
    const names = Object.keys(at("/components/schemas") ?? {});
    expect(names).toEqual(expect.arrayContaining(["Flow", "FlowDocument", "Execution", "ApiError", "Json"]));
    expect(names.filter((name) => name.endsWith("Input") || name.startsWith("_"))).toEqual([]);
  });
});
